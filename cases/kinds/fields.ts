/** How ids, dates, instants and texts look on the wire. Bounds only; what exists is the register's to know. */
import { z } from 'zod';
import { isKeepable } from './keepable.ts';

/** As the register has it (domain/register/amend.ts): ids become parts of case ids and of chain ids. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Parts of a case id; the slug of an ad-hoc cycle may be Chinese. */
const CASE_ID = /^[a-z][a-z-]{0,39}(\/[^\s/\p{C}]+)+$/u;
const CYCLE_KEY = /^[^\s/\p{C}]+(\/[^\s/\p{C}]+){0,3}$/u;

const keepable = (text: string): boolean => isKeepable(text);

/** The id of a subject, post, person, unit, finding. */
export const Id = z
  .string()
  .regex(ID, '编号须为 1 至 64 个字母、数字、点、下划线或连字符,以字母或数字开头')
  .meta({ id: 'Id', description: '名册编号', example: 'S-000123' });

export const CaseId = z
  .string()
  .max(300)
  .regex(CASE_ID, '案件编号的形式为「种类/编号」')
  .meta({ id: 'CaseId', description: '案件编号,在地址中须编码(斜线写作 %2F)', example: 'round/2026-Q4/P-0042' });

export const CycleKey = z
  .string()
  .max(200)
  .regex(CYCLE_KEY, '周期编号不合要求')
  .meta({ id: 'CycleKey', description: '周期编号,在地址中须编码', example: '2026-Q4' });

export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制的 SHA-256')
  .meta({ id: 'Digest', description: 'SHA-256,小写十六进制' });

/** `YYYY-MM-DD`, a real day. */
export const Day = z.iso
  .date('须为真实存在的日期,形式为 YYYY-MM-DD')
  .refine((day) => day >= '1990-01-01' && day <= '2100-12-31', '日期须在 1990 年至 2100 年之间')
  .meta({ id: 'Day', description: '日期 YYYY-MM-DD(Asia/Shanghai)', example: '2026-12-31' });

/** Epoch milliseconds. */
export const Instant = z
  .int()
  .min(0)
  .max(4_133_980_800_000)
  .meta({ id: 'Instant', description: '时刻,自 1970-01-01 UTC 起的毫秒数' });

/** ISO 8601 with an offset, in an address. */
export const IsoInstant = z.iso
  .datetime({ offset: true, message: '须为带时区的 ISO 8601 时刻,如 2026-11-24T10:20:00+08:00' })
  .meta({ description: 'ISO 8601 时刻,须带时区', example: '2026-11-24T10:20:00+08:00' });

/** A person's words; kept in the erasable table. */
export const words = (longest: number) => z.string().trim().min(1).max(longest).refine(keepable, '含有不能保存的字符');

/** `true` and `false` in an address. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A name: Chinese or Latin, no control characters. */
export const name = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{C}]+$/u, '不能含控制字符');

/** A stage, a template, a code. */
export const Kebab = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, '须为小写字母、数字和连字符');
