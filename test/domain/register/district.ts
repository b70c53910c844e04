/** A small district for tests: one town with an office, two cadres, three subjects. */
import { amend } from '../../../domain/register/amend.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { AmendContext } from '../../../domain/register/handler.ts';
import { Draft } from '../../../domain/register/draft.ts';
import { EMPTY_REGISTER } from '../../../domain/register/register.ts';

export const TODAY = '2026-11-24';
export const CONTEXT: Omit<AmendContext, 'warn'> = { today: TODAY, classMismatch: 'refuse' };

const data = (name: string) => ({ name, email: null, phone: null });

export const subject = (
  id: string,
  more: Partial<Extract<RegisterChange, { type: 'subject-added' }>> = {},
): RegisterChange => ({
  type: 'subject-added',
  subject: id,
  name: `示例店${id}`,
  creditCode: null,
  class: 'D',
  risk: 'low',
  trade: 'restaurant',
  unit: 'gudang-01',
  address: '示例路 1 号',
  on: '2026-01-05',
  ...more,
});

export const DISTRICT: readonly RegisterChange[] = [
  { type: 'unit-added', unit: 'xh', name: '西湖区', kind: 'district', parent: null },
  { type: 'unit-added', unit: 'gudang', name: '古荡街道', kind: 'town', parent: 'xh' },
  { type: 'unit-added', unit: 'gudang-01', name: '莲花社区', kind: 'community', parent: 'gudang' },
  { type: 'unit-added', unit: 'sandun', name: '三墩镇', kind: 'town', parent: 'xh' },
  {
    type: 'post-added',
    post: 'office',
    unit: 'xh',
    title: '区食药安办',
    role: 'district-office',
    superior: null,
    class: null,
    on: '2026-01-01',
  },
  {
    type: 'post-added',
    post: 'gudang-office',
    unit: 'gudang',
    title: '食安办',
    role: 'town-office',
    superior: 'office',
    class: null,
    on: '2026-01-01',
  },
  {
    type: 'post-added',
    post: 'cadre-1',
    unit: 'gudang-01',
    title: '包保干部',
    role: 'cadre',
    superior: 'gudang-office',
    class: 'D',
    on: '2026-01-01',
  },
  {
    type: 'post-added',
    post: 'cadre-2',
    unit: 'gudang-01',
    title: '包保干部',
    role: 'cadre',
    superior: 'gudang-office',
    class: 'D',
    on: '2026-01-01',
  },
  {
    type: 'post-added',
    post: 'cadre-c',
    unit: 'gudang',
    title: '包保干部',
    role: 'cadre',
    superior: 'gudang-office',
    class: 'C',
    on: '2026-01-01',
  },
  { type: 'person-added', person: 'p1', data: data('示例·王一'), generated: true },
  { type: 'person-added', person: 'p2', data: data('示例·李二'), generated: true },
  { type: 'person-added', person: 'p3', data: data('示例·张三'), generated: true },
  { type: 'tenure-began', post: 'cadre-1', person: 'p1', on: '2026-01-01' },
  { type: 'tenure-began', post: 'cadre-2', person: 'p2', on: '2026-01-01' },
  {
    type: 'pledge-signed',
    person: 'p1',
    post: 'cadre-1',
    version: '2026',
    on: '2026-01-08',
    withPost: 'gudang-office',
    document: null,
  },
  {
    type: 'pledge-signed',
    person: 'p2',
    post: 'cadre-2',
    version: '2026',
    on: '2026-01-08',
    withPost: 'gudang-office',
    document: null,
  },
  subject('s1'),
  subject('s2', { risk: 'high' }),
  subject('s3'),
  { type: 'bound', subject: 's1', post: 'cadre-1', on: '2026-01-10' },
  { type: 'bound', subject: 's2', post: 'cadre-1', on: '2026-01-10' },
  { type: 'bound', subject: 's3', post: 'cadre-2', on: '2026-01-10' },
];

/** The register after the changes; throws when they are refused. */
export function after(changes: readonly RegisterChange[], before = new Draft(EMPTY_REGISTER)): Draft {
  const amended = amend(before, changes, CONTEXT);
  if (!amended.ok) throw new Error(`refused: ${JSON.stringify(amended.problem)}`);
  return amended.after;
}

export const district = (): Draft => after(DISTRICT);
