/** Does a person ask, or the page by itself? Only a person's use keeps a session. */
const UNATTENDED_MS = 60_000;

let lastUse = performance.now();
const noteUse = (): void => {
  lastUse = performance.now();
};
for (const event of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
  window.addEventListener(event, noteUse, { capture: true, passive: true });
}

/** Nobody has touched the page for a minute: what is asked now, nobody asked for. */
export const isUnattended = (): boolean => performance.now() - lastUse > UNATTENDED_MS;
