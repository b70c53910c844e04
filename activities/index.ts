/** Everything workflows may do to the world; they see only the type. */
import { obligationActivities, type ObligationDeps } from './obligation.ts';

export type ActivityDeps = ObligationDeps;

export const createActivities = (deps: ActivityDeps) => ({ ...obligationActivities(deps) });

/** The shape workflows proxy. Import it with `import type`, never the factory. */
export type Activities = ReturnType<typeof createActivities>;
