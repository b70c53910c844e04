/** Generated businesses with plausible trades and addresses, each bound to a cadre of its class and town. */
import type { RegisterChange } from '../../../domain/register/change.ts';
import { creditCheckCharacter } from '../../../domain/register/credit-code.ts';
import type { Risk, SubjectClass } from '../../../domain/register/register.ts';
import { communitiesOf, type Places } from './places.ts';
import { POSTS_FROM, type CadrePost } from './posts.ts';
import { at, type Random } from './random.ts';

/** How many subjects of each class the whole district has (scale 1): 20,000, at the ratio of the next district. */
export const SUBJECTS: Readonly<Record<SubjectClass, number>> = { A: 12, B: 400, C: 3_560, D: 16_028 };

const RISKS: Readonly<Record<SubjectClass, readonly { readonly risk: Risk; readonly weight: number }[]>> = {
  A: [{ risk: 'high', weight: 1 }],
  B: [
    { risk: 'high', weight: 4 },
    { risk: 'elevated', weight: 6 },
  ],
  C: [
    { risk: 'high', weight: 1 },
    { risk: 'elevated', weight: 4 },
    { risk: 'medium', weight: 5 },
  ],
  D: [
    { risk: 'high', weight: 3 },
    { risk: 'elevated', weight: 7 },
    { risk: 'medium', weight: 30 },
    { risk: 'low', weight: 60 },
  ],
};

/** No province begins with 99, so that no code of the sample can be a real one. */
export const FAKE_REGION = '990106';
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 92: an individual business, 91: a company. The serial number stands in base 31 behind `MA`. */
export function fakeCreditCode(serial: number, level: SubjectClass): string {
  let digits = '';
  for (let left = serial; digits.length < 7; left = Math.floor(left / 31))
    digits = CODE_ALPHABET.charAt(left % 31) + digits;
  const first = `${level === 'D' ? '92' : '91'}${FAKE_REGION}MA${digits}`;
  return first + creditCheckCharacter(first);
}

export interface SampleSubject {
  readonly added: Extract<RegisterChange, { type: 'subject-added' }>;
  readonly bound: Extract<RegisterChange, { type: 'bound' }>;
}

/** Subjects in the order of their ids; each cadre of a class gets about as many as the next. */
export function subjectsOf(
  places: Places,
  cadres: readonly CadrePost[],
  { scale, random, today }: { readonly scale: number; readonly random: Random; readonly today: string },
): readonly SampleSubject[] {
  const subjects: SampleSubject[] = [];
  for (const level of ['A', 'B', 'C', 'D'] as const) {
    const posts = cadres.filter((cadre) => cadre.class === level);
    const count = Math.max(1, Math.round(SUBJECTS[level] * scale));
    for (let n = 0; n < count; n++) {
      subjects.push(subjectFor(at(posts, n % posts.length), subjects.length + 1, places, random, today));
    }
  }
  return subjects;
}

function subjectFor(cadre: CadrePost, serial: number, places: Places, random: Random, today: string): SampleSubject {
  const town = cadre.town ?? random.pick(places.towns);
  const community = cadre.community ?? random.pick(communitiesOf(town));
  const trade = random.weighted(places.trades[cadre.class]);
  const subject = `s${String(serial).padStart(5, '0')}`;
  const openedOn = day(2012 + random.below(14), random);
  const stem = town.name.replace(/(街道|镇)$/, '');
  const on = openedOn > today ? today : openedOn;
  return {
    added: {
      type: 'subject-added',
      subject,
      name: `示例·${stem}${random.pick(places.nameWords)}${trade.suffix}${String(serial).padStart(5, '0')}`,
      creditCode: fakeCreditCode(serial, cadre.class),
      class: cadre.class,
      risk: random.weighted(RISKS[cadre.class]).risk,
      trade: trade.name,
      unit: community.id,
      address: `杭州市西湖区${town.name}${random.pick(town.streets)}${String(1 + random.below(399))}号`,
      on,
    },
    bound: { type: 'bound', subject, post: cadre.post, on: on > BOUND_FROM ? on : BOUND_FROM },
  };
}

const BOUND_FROM = POSTS_FROM;

/** Some day of the year, never its last three. */
function day(year: number, random: Random): string {
  return `${String(year)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
}
