/** The offices of the sample district and the cadres who guarantee subjects, with who is above whom. Knows no subject. */
import type { PostRole } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { SubjectClass } from '../../../domain/register/register.ts';
import { communitiesOf, type Community, type Places, type Town } from './places.ts';
import { at } from './random.ts';

/** A post that guarantees subjects of its class, and where its subjects lie. */
export interface CadrePost {
  readonly post: string;
  readonly class: SubjectClass;
  readonly unit: string;
  /** The town whose streets its subjects have; `null` for a post of the whole district. */
  readonly town: Town | null;
  readonly community: Community | null;
  /** The head of the same level, with whom it signs. */
  readonly head: string;
}

export interface Offices {
  readonly units: readonly RegisterChange[];
  readonly posts: readonly RegisterChange[];
  readonly cadres: readonly CadrePost[];
}

/** How many cadres of each class there are in the whole district (scale 1): 2,100 (rules.md §10). */
export const CADRES: Readonly<Record<SubjectClass, number>> = { A: 3, B: 42, C: 360, D: 1_695 };

/** The mechanism was to cover everything by mid-December 2022 (rules.md §2.1). */
export const POSTS_FROM = '2022-12-01';

const LEADERS = 6;
const REGULATORS = 3;

export function officesOf(places: Places, scale: number): Offices {
  const units: RegisterChange[] = [];
  const posts: RegisterChange[] = [];
  const cadres: CadrePost[] = [];
  const { district, departments, towns } = places;

  const unit = (
    id: string,
    name: string,
    kind: 'city' | 'district' | 'department' | 'town' | 'community',
    parent: string | null,
  ) => units.push({ type: 'unit-added', unit: id, name, kind, parent });
  const post = (
    id: string,
    unitId: string,
    title: string,
    role: PostRole,
    superior: string | null,
    level: SubjectClass | null = null,
  ) => posts.push({ type: 'post-added', post: id, unit: unitId, title, role, superior, class: level, on: POSTS_FROM });
  const cadre = (row: CadrePost, title: string, role: PostRole, superior: string | null) => {
    post(row.post, row.unit, title, role, superior, row.class);
    cadres.push(row);
  };
  const scaled = (level: SubjectClass): number => Math.max(1, Math.round(CADRES[level] * scale));

  const xh = district.id;
  unit(xh, district.name, 'district', null);
  for (const { id, name } of departments) unit(id, name, 'department', xh);
  post(`${xh}-leader-1`, xh, '区长', 'district-leader', null);
  post('fso-1', 'fso', '区食药安办主任', 'district-office', `${xh}-leader-1`);
  for (const { id, name } of departments) {
    post(`${id}-head`, id, id === 'fso' ? '区食药安办副主任' : `${name}主要负责人`, 'department-head', 'fso-1');
    post(`${id}-officer`, id, `${name}承办人`, 'officer', `${id}-head`);
  }

  for (const town of towns) {
    const { id, name } = town;
    const station = name.replace(/(街道|镇)$/, '市场监管所');
    unit(id, name, 'town', xh);
    post(`${id}-head`, id, `${name}主要负责人`, 'town-head', 'fso-1');
    post(`${id}-office`, id, `${name}食安办负责人`, 'town-office', `${id}-head`);
    post(`${id}-msa-head`, id, `${station}所长`, 'regulator-head', 'msa-head');
    for (let n = 1; n <= REGULATORS; n++)
      post(`${id}-msa-${String(n)}`, id, `${station}执法人员`, 'regulator', `${id}-msa-head`);
    for (const community of communitiesOf(town)) {
      unit(community.id, community.name, 'community', id);
      post(`${community.id}-head`, community.id, `${community.name}负责人`, 'community-head', `${id}-head`);
    }
  }

  // Class A is guaranteed by leaders of the city: they stand here only so that no subject is without a post.
  unit('city', '杭州市(市级包保领导,区外)', 'city', null);
  post('city-head', 'city', '市级包保联络', 'district-leader', null);
  for (let n = 1; n <= scaled('A'); n++) {
    const row: CadrePost = {
      post: `city-a-${String(n)}`,
      class: 'A',
      unit: 'city',
      town: null,
      community: null,
      head: 'city-head',
    };
    cadre(row, '市级包保领导', 'district-leader', 'city-head');
  }
  for (let n = 1; n <= scaled('B'); n++) {
    const leader = n < LEADERS;
    const department = at(departments, n % departments.length);
    const id = leader ? `${xh}-b-${String(n)}` : `${department.id}-b-${String(n)}`;
    const row: CadrePost = {
      post: id,
      class: 'B',
      unit: leader ? xh : department.id,
      town: null,
      community: null,
      head: `${xh}-leader-1`,
    };
    cadre(
      row,
      leader ? '区级包保领导' : `${department.name}包保干部`,
      leader ? 'district-leader' : 'cadre',
      leader ? `${xh}-leader-1` : `${department.id}-head`,
    );
  }
  const perTown = spread(scaled('C'), towns.length);
  for (const [i, town] of towns.entries()) {
    for (let n = 1; n <= at(perTown, i); n++) {
      const row: CadrePost = {
        post: `${town.id}-c-${String(n).padStart(2, '0')}`,
        class: 'C',
        unit: town.id,
        town,
        community: null,
        head: `${town.id}-head`,
      };
      cadre(row, `${town.name}包保干部`, 'cadre', `${town.id}-head`);
    }
  }
  const communities = towns.flatMap((town) => communitiesOf(town).map((community) => ({ town, community })));
  const perCommunity = spread(scaled('D'), communities.length);
  for (const [i, { town, community }] of communities.entries()) {
    for (let n = 1; n <= at(perCommunity, i); n++) {
      const row: CadrePost = {
        post: `${community.id}-d-${String(n).padStart(2, '0')}`,
        class: 'D',
        unit: community.id,
        town,
        community,
        head: `${community.id}-head`,
      };
      cadre(row, `${community.name}包保干部`, 'cadre', `${town.id}-head`);
    }
  }
  // Last, so that everybody else is who they were.
  const keepers: readonly (readonly [name: string, title: string, role: PostRole])[] = [
    ['auditor', '区食药安办审计员', 'auditor'],
    ['system-admin', '区食药安办系统管理员', 'system-admin'],
    ['security-admin', '区食药安办安全管理员', 'security-admin'],
    ['audit-admin', '区食药安办审计管理员', 'audit-admin'],
  ];
  for (const [name, title, role] of keepers) post(`fso-${name}`, 'fso', title, role, `${xh}-leader-1`);
  return { units, posts, cadres };
}

/** `total` over `places`, as evenly as whole numbers allow and not all at the front. */
function spread(total: number, places: number): readonly number[] {
  return Array.from(
    { length: places },
    (_, i) => Math.floor(((i + 1) * total) / places) - Math.floor((i * total) / places),
  );
}
