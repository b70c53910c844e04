/** How rows of the register look in answers. */
import { z } from 'zod';

const Named = z.strictObject({ id: z.string(), name: z.string() });
const on = z.string();

export const UnitShape = z
  .strictObject({ id: z.string(), name: z.string(), kind: z.string(), parent: z.string().nullable(), path: z.string() })
  .meta({ id: 'Unit' });

export const SubjectShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    creditCode: z.string().nullable(),
    class: z.string(),
    risk: z.string(),
    status: z.string(),
    trade: z.string(),
    unit: Named,
    address: z.string(),
    openedOn: on,
    closedOn: on.nullable(),
    binding: z.strictObject({ post: z.string(), title: z.string(), fromOn: on, holder: Named.nullable() }).nullable(),
  })
  .meta({ id: 'Subject' });

export const PostShape = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    role: z.string(),
    class: z.string().nullable(),
    unit: Named,
    superior: z.string().nullable(),
    fromOn: on,
    toOn: on.nullable(),
    holder: z.strictObject({ id: z.string(), name: z.string(), since: on }).nullable(),
    absence: z.strictObject({ deputy: Named.nullable(), until: on, cause: z.string() }).nullable(),
    subjects: z.int(),
  })
  .meta({ id: 'Post' });

export const PersonShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    contactSealed: z.boolean().meta({ description: '电话和邮箱是否因无权而未给出' }),
    generated: z.boolean().meta({ description: '样例数据生成的人' }),
    posts: z.array(z.strictObject({ post: z.string(), title: z.string(), unit: z.string(), since: on })),
  })
  .meta({ id: 'Person' });
