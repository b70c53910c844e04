/**
 * The sample district as one batch of changes: offices, people, subjects, bindings, pledges, and a handful of flaws that
 * every real register has. The same for the same seed, scale and day.
 */
import { addMonths, civilDate, dayNumber } from '../../../domain/kernel/civil-day.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import { peopleOf } from './people.ts';
import { readPlaces, type Places } from './places.ts';
import { officesOf, POSTS_FROM, type CadrePost } from './posts.ts';
import { at, randomOf } from './random.ts';
import { subjectsOf } from './subjects.ts';

export interface SampleOptions {
  /** 1 is the whole district: 20,000 subjects, 2,100 cadres. All units and offices are there at any scale. 0.01 to 1. */
  readonly scale: number;
  readonly seed: string;
  /** Nothing is dated later. */
  readonly today: string;
  /** District policy: the pledge cadres have signed. */
  readonly pledgeVersion: string;
}

export interface Sample {
  readonly changes: readonly RegisterChange[];
  readonly figures: {
    readonly units: number;
    readonly posts: number;
    readonly persons: number;
    readonly cadres: number;
    readonly subjects: number;
  };
  /** What is wrong on purpose. */
  readonly flaws: {
    readonly vacantPost: string;
    readonly absentPerson: string;
    readonly unboundSubjects: readonly string[];
    readonly unpledgedPosts: readonly string[];
  };
}

const UNBOUND = 3;
const UNPLEDGED = 2;
/** 歇业: bound, not visited. */
const SUSPENDED_SHARE = 0.004;

export function sampleDistrict(
  { scale, seed, today, pledgeVersion }: SampleOptions,
  places: Places = readPlaces(),
): Sample {
  if (!(scale >= 0.01 && scale <= 1)) throw new RangeError(`scale must be from 0.01 to 1, not ${String(scale)}`);
  const random = randomOf(seed);
  const people = peopleOf(random, places.surnames);
  const { units, posts, cadres } = officesOf(places, scale);
  const subjects = subjectsOf(places, cadres, { scale, random, today });

  // Flaws fall on class D, where a district's flaws fall, spread over its towns.
  const small = cadres.filter((cadre) => cadre.class === 'D');
  const flawed = (part: number): CadrePost => at(small, Math.floor(small.length * part));
  const vacant = flawed(0.1).post;
  const unpledged = Array.from({ length: UNPLEDGED }, (_, i) => flawed(0.35 + 0.2 * i).post);
  const absent = flawed(0.8).post;
  const unbound = new Set(
    Array.from({ length: UNBOUND }, (_, i) => at(subjects, subjects.length - 1 - i * 7).added.subject),
  );

  const tenures: RegisterChange[] = [];
  const holders = new Map<string, string>();
  for (const change of posts) {
    if (change.type !== 'post-added' || change.post === vacant) continue;
    const person = people.next();
    holders.set(change.post, person);
    tenures.push({
      type: 'tenure-began',
      post: change.post,
      person,
      on: random.chance(0.7) ? POSTS_FROM : '2025-03-01',
    });
  }
  const pledges = cadres.flatMap(({ post, head }): RegisterChange[] => {
    const person = holders.get(post);
    if (person === undefined || unpledged.includes(post)) return [];
    const signedOn = `2026-01-${String(5 + random.below(20)).padStart(2, '0')}`;
    return [
      { type: 'pledge-signed', person, post, version: pledgeVersion, on: signedOn, withPost: head, document: null },
    ];
  });
  const suspended = subjects.filter(({ added }) => !unbound.has(added.subject) && random.chance(SUSPENDED_SHARE));
  const absence = absenceOf(holders, absent, at(small, small.findIndex(({ post }) => post === absent) - 1).post, today);

  return {
    changes: [
      ...units,
      ...posts,
      ...people.changes,
      ...tenures,
      ...pledges,
      ...subjects.map(({ added }) => added),
      ...subjects.flatMap(({ added, bound }) => (unbound.has(added.subject) ? [] : [bound])),
      ...suspended.map(({ added, bound }): RegisterChange => ({
        type: 'subject-suspended',
        subject: added.subject,
        on: bound.on,
      })),
      absence,
    ],
    figures: {
      units: units.length,
      posts: posts.length,
      persons: people.changes.length,
      cadres: cadres.length,
      subjects: subjects.length,
    },
    flaws: {
      vacantPost: vacant,
      absentPerson: absence.person,
      unboundSubjects: [...unbound].sort(),
      unpledgedPosts: unpledged,
    },
  };
}

function absenceOf(
  holders: ReadonlyMap<string, string>,
  post: string,
  deputyPost: string,
  today: string,
): Extract<RegisterChange, { type: 'absence-began' }> {
  const person = holders.get(post);
  const deputy = holders.get(deputyPost);
  if (person === undefined || deputy === undefined) throw new Error('the absent cadre or the deputy has no holder');
  const on = civilDate(dayNumber(today) - 2);
  return { type: 'absence-began', person, deputy, on, until: civilDate(addMonths(dayNumber(on), 1)), cause: '病假' };
}
