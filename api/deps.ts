/** What the API is made of: narrow functions, wired to the database and the kernel in `main.ts`. Knows no implementation. */
import type pg from 'pg';
import type { Logger } from 'pino';
import type { CasesDeps } from '../cases/deps.ts';
import type { NoticesDeps } from '../cases/notices/deps.ts';
import type { RegisterRepository } from '../prisma/register-repository.ts';
import type { SignOnDeps } from '../sign-on/deps.ts';
import type { Oidc } from '../sign-on/oidc.ts';
import type { FindActor } from './acting-person.ts';
import type { EvidenceStore } from '../cases/evidence-store.ts';
import type { Part } from './health.ts';

/** Settings of the HTTP edge, from the configuration. */
export interface ApiSettings {
  /** Requests a minute of one signed-in person, or of one address; 0 for no limit. */
  readonly requestsAMinute: number;
  /** A fault when an answer differs from the document; tests and development. */
  readonly checkAnswers: boolean;
  /** The address people and the document use, e.g. `http://127.0.0.1:3000`. */
  readonly publicUrl: string;
  /** Where operators see Temporal's own pages; absent where there are none. */
  readonly temporalUi?: string;
  /** Proxies in front, whose word about a caller's address is taken. */
  readonly trustedProxies: string[];
  /** How old the counts of the overview may be, ms. */
  readonly overviewKeptMs: number;
}

export interface ApiDeps {
  readonly log: Logger;
  readonly settings: ApiSettings;
  readonly pool: pg.Pool;
  readonly cases: CasesDeps;
  readonly notices: NoticesDeps;
  readonly register: RegisterRepository;
  readonly findActor: FindActor;
  readonly signOn: SignOnDeps;
  /** The government's single sign-on, where there is one. */
  readonly oidc?: Oidc;
  readonly evidence: EvidenceStore;
  /** Where the built console lies; without it only the API is served (tests). */
  readonly consoleDir?: string;
  /** What `/health/ready` asks, in this order. */
  readonly parts: readonly Part[];
}
