/**
 * What is in the register today, page by page, with the names a reader needs. Keyset paging by id: pass the last id of a
 * page as `after`. Reads only; the register changes through `cases/register`.
 */
import type { PrismaClient } from './generated/client.ts';
import { dutyPage, personPage, postPage, subjectPage } from './register-pages.ts';
import type { ListedPerson, ListedPost, ListedSubject, Named, RegisterRepository } from './register-rows.ts';

export type * from './register-rows.ts';

const holding = (on: string) => ({ fromOn: { lte: on }, OR: [{ toOn: null }, { toOn: { gt: on } }] });

export function registerRepository(prisma: PrismaClient): RegisterRepository {
  async function unitNames(ids: readonly string[]): Promise<(id: string) => Named> {
    const rows = await prisma.unit.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, name: true },
    });
    const names = new Map(rows.map((row) => [row.id, row.name]));
    return (id) => ({ id, name: names.get(id) ?? id });
  }

  async function personNames(ids: readonly string[]): Promise<(id: string) => Named> {
    const rows = await prisma.person.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, name: true },
    });
    const names = new Map(rows.map((row) => [row.id, row.name]));
    return (id) => ({ id, name: names.get(id) ?? id });
  }

  async function subjects(ids: readonly string[]): Promise<readonly ListedSubject[]> {
    const rows = await prisma.subject.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
    const bindings = await prisma.binding.findMany({
      where: { subjectId: { in: rows.map(({ id }) => id) }, toOn: null },
    });
    const postIds = bindings.map(({ postId }) => postId);
    const posts = await prisma.post.findMany({ where: { id: { in: postIds } }, select: { id: true, title: true } });
    const tenures = await prisma.tenure.findMany({ where: { postId: { in: postIds }, toOn: null } });
    const titles = new Map(posts.map(({ id, title }) => [id, title]));
    const holders = new Map(tenures.map(({ postId, personId }) => [postId, personId]));
    const bound = new Map(bindings.map((row) => [row.subjectId, row]));
    const unit = await unitNames(rows.map(({ unitId }) => unitId));
    const person = await personNames([...holders.values()]);
    return rows.map(({ unitId, ...row }) => {
      const binding = bound.get(row.id);
      const holder = binding === undefined ? undefined : holders.get(binding.postId);
      return {
        ...row,
        unit: unit(unitId),
        binding:
          binding === undefined
            ? null
            : {
                post: binding.postId,
                title: titles.get(binding.postId) ?? binding.postId,
                fromOn: binding.fromOn,
                holder: holder === undefined ? null : person(holder),
              },
      };
    });
  }

  async function posts(ids: readonly string[], on: string): Promise<readonly ListedPost[]> {
    const rows = await prisma.post.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
    const tenures = await prisma.tenure.findMany({
      where: { postId: { in: [...ids] }, ...holding(on) },
      orderBy: { fromOn: 'asc' },
    });
    const held = new Map(tenures.map((row) => [row.postId, row]));
    const people = tenures.map(({ personId }) => personId);
    const absences = await prisma.absence.findMany({
      where: { personId: { in: people }, fromOn: { lte: on }, toOn: { gte: on } },
    });
    const away = new Map(absences.map((row) => [row.personId, row]));
    const counts = await prisma.binding.groupBy({
      by: ['postId'],
      where: { postId: { in: [...ids] }, toOn: null },
      _count: { _all: true },
    });
    const counted = new Map(counts.map(({ postId, _count }) => [postId, _count._all]));
    const unit = await unitNames(rows.map(({ unitId }) => unitId));
    const person = await personNames([...people, ...absences.flatMap(({ deputyId }) => deputyId ?? [])]);
    return rows.map(({ unitId, superiorId, ...row }) => {
      const tenure = held.get(row.id);
      const absence = tenure === undefined ? undefined : away.get(tenure.personId);
      return {
        ...row,
        unit: unit(unitId),
        superior: superiorId,
        holder: tenure === undefined ? null : { ...person(tenure.personId), since: tenure.fromOn },
        absence:
          absence === undefined
            ? null
            : {
                deputy: absence.deputyId === null ? null : person(absence.deputyId),
                until: absence.toOn,
                cause: absence.cause,
              },
        subjects: counted.get(row.id) ?? 0,
      };
    });
  }

  async function persons(ids: readonly string[], on: string): Promise<readonly ListedPerson[]> {
    const rows = await prisma.person.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
    const tenures = await prisma.tenure.findMany({
      where: { personId: { in: rows.map(({ id }) => id) }, ...holding(on) },
      orderBy: { postId: 'asc' },
    });
    const held = await prisma.post.findMany({ where: { id: { in: tenures.map(({ postId }) => postId) } } });
    const byId = new Map(held.map((post) => [post.id, post]));
    return rows.map((row) => ({
      ...row,
      posts: tenures.flatMap(({ personId, postId, fromOn }) => {
        const post = byId.get(postId);
        return personId === row.id && post !== undefined
          ? [{ post: postId, title: post.title, unit: post.unitId, since: fromOn }]
          : [];
      }),
    }));
  }

  return {
    async listUnits() {
      const rows = await prisma.unit.findMany({ orderBy: { path: 'asc' } });
      return rows.map(({ parentId, ...row }) => ({ ...row, parent: parentId }));
    },
    listSubjects: async (filter) => subjects(await subjectPage(prisma, filter)),
    listPosts: async (filter, on) => posts(await postPage(prisma, filter, on), on),
    listPersons: async (filter, on) => persons(await personPage(prisma, filter, on), on),
    findSubject: async (id) => (await subjects([id]))[0] ?? null,
    findPost: async (id, on) => (await posts([id], on))[0] ?? null,
    findPerson: async (id, on) => (await persons([id], on))[0] ?? null,

    async listDuties(filter) {
      const ids = await dutyPage(prisma, filter);
      const rows = await prisma.case.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
      const named = await prisma.subject.findMany({
        where: { id: { in: rows.flatMap(({ subjectId }) => subjectId ?? []) } },
        select: { id: true, name: true },
      });
      const subjectOf = new Map(named.map((row) => [row.id, row]));
      return rows.map((row) => ({
        caseId: row.id,
        kind: row.kind,
        stage: row.stage,
        holder: row.holderPost,
        unit: row.unitId,
        subject:
          row.subjectId === null ? null : (subjectOf.get(row.subjectId) ?? { id: row.subjectId, name: row.subjectId }),
        dueOn: row.dueOn,
        breached: row.breached,
        openedAt: Number(row.openedAt),
        closedAs: row.closedAs,
      }));
    },
  };
}
