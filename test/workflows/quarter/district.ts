/** The register the quarter runs on: four towns, 224 cadres, 688 subjects, the same ids at every run. */
import type { PostRole } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { Risk, SubjectClass } from '../../../domain/register/register.ts';

const ON = '2026-01-05';
const TOWNS = ['t1', 't2', 't3', 't4'] as const;
const COMMUNITIES = 13;
const CADRES_OF_COMMUNITY = 4;
const CADRES_OF_TOWN = 4;

export interface Cadre {
  readonly post: string;
  readonly person: string;
  readonly town: string;
  readonly subjects: readonly { readonly id: string; readonly risk: Risk }[];
}

/** The person who first held a post; every post of the district has one. */
export const holderOf = (post: string): string => `p-${post}`;
export const addressOf = (person: string): string => `${person}@quarter.test`;

export const personAdded = (person: string): RegisterChange => ({
  type: 'person-added',
  person,
  data: { name: `测试 ${person}`, email: addressOf(person), phone: null },
  generated: true,
});

export const subjectAdded = (subject: string, unit: string, on: string, risk: Risk = 'low'): RegisterChange => ({
  type: 'subject-added',
  subject,
  name: `测试主体 ${subject}`,
  creditCode: null,
  class: 'D',
  risk,
  trade: '餐饮',
  unit,
  address: '测试路 1 号',
  on,
});

export const pledgeSigned = (post: string, person: string, on: string): RegisterChange => {
  const [town = ''] = post.split('-');
  return { type: 'pledge-signed', person, post, version: '2026', on, withPost: `${town}-head`, document: null };
};

/** Cadres whose pledge is missing when the quarter is prepared. */
export const UNPLEDGED: readonly string[] = ['t4-c13-d3', 't4-c13-d4'];

export interface District {
  readonly changes: readonly RegisterChange[];
  readonly cadres: readonly Cadre[];
}

export function district(): District {
  const units: RegisterChange[] = [];
  const posts: RegisterChange[] = [];
  const people: RegisterChange[] = [];
  const subjects: RegisterChange[] = [];
  const cadres: Cadre[] = [];

  const unit = (id: string, kind: 'district' | 'department' | 'town' | 'community', parent: string | null): void => {
    units.push({ type: 'unit-added', unit: id, name: `测试${id}`, kind, parent });
  };
  const post = (
    id: string,
    unitId: string,
    role: PostRole,
    superior: string | null,
    level: SubjectClass | null = null,
  ): void => {
    posts.push({ type: 'post-added', post: id, unit: unitId, title: id, role, superior, class: level, on: ON });
    people.push(personAdded(holderOf(id)), { type: 'tenure-began', post: id, person: holderOf(id), on: ON });
    if (level !== null && !UNPLEDGED.includes(id)) people.push(pledgeSigned(id, holderOf(id), ON));
  };
  const cadre = (id: string, unitId: string, town: string, level: SubjectClass, guarantees: number): void => {
    post(id, unitId, 'cadre', `${town}-head`, level);
    const own = Array.from({ length: guarantees }, (_, n): { id: string; risk: Risk } => ({
      id: `${id}-s${String(n + 1)}`,
      risk: n === 0 && cadres.length % 7 === 0 ? 'high' : n === 1 ? 'medium' : 'low',
    }));
    for (const subject of own) {
      const added = subjectAdded(subject.id, unitId, ON, subject.risk);
      subjects.push(added.type === 'subject-added' ? { ...added, class: level } : added);
      subjects.push({ type: 'bound', subject: subject.id, post: id, on: ON });
    }
    cadres.push({ post: id, person: holderOf(id), town, subjects: own });
  };

  unit('xh', 'district', null);
  unit('msa', 'department', 'xh');
  post('fso', 'xh', 'district-office', null);
  post('msa-head', 'msa', 'department-head', 'fso');
  post('msa-officer', 'msa', 'officer', 'msa-head');
  for (const town of TOWNS) {
    unit(town, 'town', 'xh');
    post(`${town}-head`, town, 'town-head', 'fso');
    post(`${town}-office`, town, 'town-office', `${town}-head`);
    post(`${town}-station`, town, 'regulator-head', 'msa-head');
    post(`${town}-r1`, town, 'regulator', `${town}-station`);
    post(`${town}-r2`, town, 'regulator', `${town}-station`);
    for (let n = 1; n <= CADRES_OF_TOWN; n += 1) cadre(`${town}-k${String(n)}`, town, town, 'C', 4);
    for (let c = 1; c <= COMMUNITIES; c += 1) {
      const community = `${town}-c${String(c)}`;
      unit(community, 'community', town);
      for (let n = 1; n <= CADRES_OF_COMMUNITY; n += 1) cadre(`${community}-d${String(n)}`, community, town, 'D', 3);
    }
  }
  return { changes: [...units, ...posts, ...people, ...subjects], cadres };
}
