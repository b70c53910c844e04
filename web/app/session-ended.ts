/** Tells whoever shows it that the server no longer knows this session. What was typed stays on the page. */
const listeners = new Set<() => void>();

export const onSessionEnded = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const noticeSessionEnded = (): void => {
  for (const listener of listeners) listener();
};
