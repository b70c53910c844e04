/** Which ids stand on a page of a register list: one query each, narrowed and cut by the database. Knows no names. */
import { Prisma, type PrismaClient } from './generated/client.ts';
import type { DutyFilter, Page, PersonFilter, PostFilter, SubjectFilter } from './register-rows.ts';

const TRUE = Prisma.sql`TRUE`;

const equals = (column: Prisma.Sql, value: string | undefined): Prisma.Sql =>
  value === undefined ? TRUE : Prisma.sql`${column} = ${value}`;

/** In the unit or anywhere under it. Paths end in `/`, so that no unit is taken for another that begins alike. */
const under = (column: Prisma.Sql, unit: string | undefined): Prisma.Sql =>
  unit === undefined
    ? TRUE
    : Prisma.sql`${column} IN (SELECT u.id FROM units u JOIN units top ON top.id = ${unit} WHERE starts_with(u.path, top.path))`;

/** Part of `column`, or one of the exact columns. `%` and `_` mean themselves. */
const matching = (text: string | undefined, column: Prisma.Sql, ...exact: readonly Prisma.Sql[]): Prisma.Sql =>
  text === undefined
    ? TRUE
    : Prisma.sql`(position(${text} in ${column}) > 0 OR ${Prisma.join(
        exact.map((other) => Prisma.sql`${other} = ${text}`),
        ' OR ',
      )})`;

const holds = (on: string): Prisma.Sql => Prisma.sql`t.from_on <= ${on} AND (t.to_on IS NULL OR t.to_on > ${on})`;

async function ids(
  prisma: PrismaClient,
  from: Prisma.Sql,
  where: readonly Prisma.Sql[],
  { after, limit }: Page,
): Promise<readonly string[]> {
  const beyond = after === undefined ? TRUE : Prisma.sql`x.id > ${after}`;
  const rows = await prisma.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT x.id FROM ${from} x WHERE ${Prisma.join([...where, beyond], ' AND ')} ORDER BY x.id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

const yes = (wanted: boolean | undefined, clause: Prisma.Sql): Prisma.Sql => {
  if (wanted === undefined) return TRUE;
  return wanted ? clause : Prisma.sql`NOT ${clause}`;
};

export function subjectPage(prisma: PrismaClient, filter: SubjectFilter): Promise<readonly string[]> {
  const { unit, class: level, risk, status, bound, post, text } = filter;
  const open = Prisma.sql`SELECT 1 FROM bindings b WHERE b.subject_id = x.id AND b.to_on IS NULL`;
  const where = [
    under(Prisma.sql`x.unit_id`, unit),
    equals(Prisma.sql`x.class`, level),
    equals(Prisma.sql`x.risk`, risk),
    equals(Prisma.sql`x.status`, status),
    matching(text, Prisma.sql`x.name`, Prisma.sql`x.id`, Prisma.sql`x.credit_code`),
    yes(bound, Prisma.sql`EXISTS (${open})`),
    post === undefined ? TRUE : Prisma.sql`EXISTS (${open} AND b.post_id = ${post})`,
  ];
  return ids(prisma, Prisma.sql`subjects`, where, filter);
}

export function postPage(prisma: PrismaClient, filter: PostFilter, on: string): Promise<readonly string[]> {
  const { unit, role, class: level, vacant, text } = filter;
  const held = Prisma.sql`EXISTS (SELECT 1 FROM tenures t WHERE t.post_id = x.id AND ${holds(on)})`;
  const where = [
    under(Prisma.sql`x.unit_id`, unit),
    equals(Prisma.sql`x.role`, role),
    equals(Prisma.sql`x.class`, level),
    matching(text, Prisma.sql`x.title`, Prisma.sql`x.id`),
    vacant === undefined ? TRUE : Prisma.sql`(x.to_on IS NULL OR x.to_on > ${on}) AND ${yes(!vacant, held)}`,
  ];
  return ids(prisma, Prisma.sql`posts`, where, filter);
}

export function personPage(prisma: PrismaClient, filter: PersonFilter, on: string): Promise<readonly string[]> {
  const { unit, text } = filter;
  const inUnit = Prisma.sql`EXISTS (SELECT 1 FROM tenures t JOIN posts p ON p.id = t.post_id
    WHERE t.person_id = x.id AND ${holds(on)} AND ${under(Prisma.sql`p.unit_id`, unit)})`;
  const where = [
    matching(text, Prisma.sql`x.name`, Prisma.sql`x.id`, Prisma.sql`x.phone`),
    unit === undefined ? TRUE : inUnit,
  ];
  return ids(prisma, Prisma.sql`persons`, where, filter);
}

export function dutyPage(prisma: PrismaClient, filter: DutyFilter): Promise<readonly string[]> {
  const { kind, unit, holder, open } = filter;
  const where = [
    kind === undefined ? Prisma.sql`x.kind IN ('binding-duty', 'pledge-duty')` : equals(Prisma.sql`x.kind`, kind),
    under(Prisma.sql`x.unit_id`, unit),
    equals(Prisma.sql`x.holder_post`, holder),
    yes(open, Prisma.sql`(x.closed_at IS NULL)`),
  ];
  return ids(prisma, Prisma.sql`cases`, where, filter);
}
