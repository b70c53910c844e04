/** Every operation of signing on. */
import type { ApiDeps } from '../deps.ts';
import type { Operation } from '../operation.ts';
import { accountOperations } from './account-operations.ts';
import { signOnContext } from './context.ts';
import { ownAccountOperations } from './own-account-operations.ts';
import { securityLogOperations } from './security-log-operations.ts';
import { sessionOperations } from './session-operations.ts';

export function signOnOperations(deps: Pick<ApiDeps, 'signOn' | 'settings' | 'pool' | 'oidc'>): Operation[] {
  const context = signOnContext(deps);
  return [
    ...sessionOperations(context, deps.oidc?.name ?? null),
    ...ownAccountOperations(context),
    ...accountOperations(context, deps.oidc?.issuer ?? null),
    ...securityLogOperations(deps),
  ];
}
