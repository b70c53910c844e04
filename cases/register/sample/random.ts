/** Numbers that look random and are the same for the same seed, on every machine. */

export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** Whether a thing with this share happens. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T;
}

/** mulberry32 over a 32-bit FNV-1a hash of the seed. */
export function randomOf(seed: string): Random {
  let state = [...seed].reduce(
    (hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619),
    2_166_136_261,
  );
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(unit() * limit);
  return {
    below,
    chance: (share) => unit() < share,
    pick<T>(from: readonly T[]): T {
      return at(from, below(from.length));
    },
    weighted<T extends { readonly weight: number }>(from: readonly T[]): T {
      let left = unit() * from.reduce((sum, { weight }) => sum + weight, 0);
      return from.find(({ weight }) => (left -= weight) < 0) ?? at(from, from.length - 1);
    },
  };
}

/** The element at `index`; a fault when there is none. */
export function at<T>(from: readonly T[], index: number): T {
  const found = from[index];
  if (found === undefined) throw new RangeError(`no element ${String(index)} of ${String(from.length)}`);
  return found;
}
