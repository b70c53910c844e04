/**
 * What a kind puts on its case page besides words: the stages of its course, papers, linked cases. Pure functions of the
 * state, so that the page shows a past moment by the same words as this one.
 */
import type { Policy } from '../../domain/kernel/process.ts';

/** `done`: the case went through it; `current`: it stands there; `later`: the ordinary course still leads there. */
export interface StagePlace {
  readonly stage: string;
  readonly place: 'done' | 'current' | 'later';
}

export interface Paper {
  /** SHA-256 under which `GET /api/evidence/{sha256}` gives it. */
  readonly digest: string;
  readonly title: string;
  /** The day it was made; when it was received stands with the file. */
  readonly madeOn: string | null;
}

export interface CaseLink {
  readonly caseId: string;
  /** What the other case has to do with this one. */
  readonly why: string;
}

export interface CaseFile<State> {
  /** What it is about beside the subject, for a row of a list: no texts, which may be erased, and no names. */
  readonly matter?: (state: State, policy: Policy) => string;
  /** In order; stages of another branch are left out. */
  readonly stages?: (state: State) => readonly StagePlace[];
  readonly papers?: (state: State) => readonly Paper[];
  readonly links?: (state: State, caseId: string) => readonly CaseLink[];
}

/**
 * Stages in the order of the course, each with whether the case reached it. What lies before the current one and was never
 * reached is left out: the record does not flatter.
 */
export function placed(
  course: readonly (readonly [stage: string, reached: boolean])[],
  current: string,
): readonly StagePlace[] {
  const at = course.findIndex(([stage]) => stage === current);
  return course.flatMap(([stage, reached], index): StagePlace[] => {
    if (stage === current) return [{ stage, place: 'current' }];
    if (index > at) return [{ stage, place: 'later' }];
    return reached ? [{ stage, place: 'done' }] : [];
  });
}
