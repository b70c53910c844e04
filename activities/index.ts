/** Everything workflows may do to the world; they see only the type. */
import { noticeActivities, type NoticeActivityDeps } from './notices.ts';
import { obligationActivities, type ObligationDeps } from './obligation.ts';
import { proposalActivities } from './proposal.ts';

export type ActivityDeps = ObligationDeps & NoticeActivityDeps;

export const createActivities = (deps: ActivityDeps) => ({
  ...obligationActivities(deps),
  ...proposalActivities(deps),
  ...noticeActivities(deps),
});

/** The shape workflows proxy. Import it with `import type`, never the factory. */
export type Activities = ReturnType<typeof createActivities>;
