/** How a session looks to its own page: who, for which post, with which rights, until when. */
import { z } from 'zod';
import { inTransaction } from '../../cases/transaction.ts';
import { authorityOf, type HeldPost } from '../../cases/register/acting.ts';
import { rightsOf } from '../../domain/rights/table.ts';
import { mustStepUp, shouldEnrol } from '../../sign-on/administrators.ts';
import type { SignOnDeps } from '../../sign-on/deps.ts';
import { postsOf } from '../../sign-on/posts.ts';
import type { SignedIn } from '../../sign-on/sessions.ts';

const Named = z.strictObject({ id: z.string(), name: z.string() });

const SessionPost = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    role: z.string(),
    unit: Named,
    capacity: z.enum(['self', 'deputy']),
    authority: z.string().optional().meta({ description: '代理的依据' }),
  })
  .meta({ id: 'SessionPost' });

export const SessionShape = z
  .strictObject({
    person: Named,
    account: z.string(),
    post: SessionPost.nullable().meta({ description: '以哪个岗位办理；null：现在没有岗位' }),
    posts: z.array(SessionPost),
    rights: z.array(z.string()),
    level: z.enum(['password', 'oidc', 'totp']),
    hasSecondFactor: z.boolean(),
    mustChangePassword: z.boolean(),
    mustStepUp: z.boolean().meta({ description: '管理岗位：完成第二步验证前不能办理' }),
    shouldEnrol: z.boolean().meta({ description: '管理岗位：还没有启用第二步验证' }),
    now: z.int(),
    idleEndsAt: z.int(),
    endsAt: z.int(),
  })
  .meta({ id: 'Session' });

const shown = ({ post, title, role, unit, unitName, absence }: HeldPost) => ({
  id: post,
  title,
  role,
  unit: { id: unit, name: unitName },
  ...(absence === null
    ? { capacity: 'self' as const }
    : { capacity: 'deputy' as const, authority: authorityOf(absence) }),
});

/** A session that may not act yet has no rights to show. */
export async function sessionAnswer(deps: SignOnDeps, session: SignedIn): Promise<z.infer<typeof SessionShape>> {
  const { held, personName } = await inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM persons WHERE id = $1', [session.person]);
    return { held: await postsOf(deps, client, session.person), personName: rows[0]?.name ?? session.name };
  });
  const own = held.filter(({ absence }) => absence === null);
  const only = own.length > 0 ? own : held;
  const acting =
    session.post === null ? (only.length === 1 ? only[0] : undefined) : held.find(({ post }) => post === session.post);
  const stepUp = acting !== undefined && mustStepUp(acting.role, session, deps.localMode);
  return {
    person: { id: session.person, name: personName },
    account: session.name,
    post: acting === undefined ? null : shown(acting),
    posts: held.map(shown),
    rights: acting === undefined || session.mustChangePassword || stepUp ? [] : [...rightsOf(acting.role)],
    level: session.level,
    hasSecondFactor: session.hasSecondFactor,
    mustChangePassword: session.mustChangePassword,
    mustStepUp: stepUp,
    shouldEnrol: acting !== undefined && shouldEnrol(acting.role, session),
    now: session.now,
    idleEndsAt: session.idleEndsAt,
    endsAt: session.endsAt,
  };
}
