/**
 * What an operation is: one method on one path, said once; mounting and the OpenAPI document both come from it.
 * Knows no process and no database.
 */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Actor } from '../domain/kernel/process.ts';
import type { Right } from '../domain/rights/rights.ts';
import type { Reach } from '../domain/rights/table.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** Tags of the document, one a part of the office's work. */
export type Tag = '待办' | '案件' | '督导' | '名册' | '通知' | '规则与日历' | '证据' | '审计' | '系统' | '登录';

/** Named values in path or query; each is a string on the wire. */
type Named = z.ZodType<Record<string, unknown>>;

/** A body that is not JSON. */
export interface Upload {
  readonly mediaTypes: readonly string[];
  readonly limitBytes: number;
}

/** A successful answer as the document shows it. */
export interface AnswerShape {
  readonly status: number;
  readonly description: string;
  /** The JSON schema of the body … */
  readonly json?: z.ZodType;
  /** … or the media types of a body that is not JSON. */
  readonly mediaTypes?: readonly string[];
}

/** What a handler gives back: JSON, or bytes. */
export type Reply =
  | {
      readonly status?: number;
      readonly json: unknown;
      readonly headers?: Headers;
      /** The sensitive part of the answer was left out: nothing sensitive was shown. */
      readonly sealed?: boolean;
    }
  | {
      readonly status?: number;
      readonly bytes: Uint8Array | string;
      readonly mediaType: string;
      readonly headers?: Headers;
    }
  | { readonly streamed: (response: Response) => Promise<void>; readonly headers?: Headers };
type Headers = { readonly [name: string]: string };

/** What a handler is given. Everything in it has been checked. */
export interface OpenCall<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly requestId: string;
  /** When the API received the request, epoch ms. */
  readonly received: number;
  readonly request: Request;
}

export interface Call<P, Q, B> extends OpenCall<P, Q, B> {
  readonly actor: Actor;
  /** How far the operation's right reaches for the actor; lists are narrowed to it. */
  readonly reach: Reach;
}

/** What a shared read may depend on: what is asked, and how far the right reaches. */
export type SharedCall<P, Q> = Pick<Call<P, Q, undefined>, 'params' | 'query' | 'reach'>;

export interface CommandCall<P, Q, B> extends Call<P, Q, B> {
  /** The Idempotency-Key. */
  readonly key: string;
}

interface Described<P extends Named, Q extends Named, B extends z.ZodType> {
  readonly method: Method;
  /** OpenAPI style: `/api/cases/{id}`. */
  readonly path: string;
  readonly tag: Tag;
  /** Chinese, a verb phrase. */
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly upload?: Upload;
  readonly answers: readonly AnswerShape[];
  /** Codes of problems that belong to this operation besides those every operation has. */
  readonly problems?: readonly string[];
  /** Which case the call is about: it must be within reach, and stands in the log line. */
  readonly caseOf?: (params: z.output<P>) => string;
  /** Which sensitive data a successful answer shows; each such read is written into the access log. */
  readonly shows?: 'texts' | 'contact' | 'evidence' | 'export';
}

/** What the post acted for must be allowed; `signed-in`: every signed-in person, for what is their own. */
interface Guarded {
  readonly right: Right | 'signed-in';
}

interface Handled<C> {
  readonly handle: (call: C) => Promise<Reply>;
}

/** `open`: anybody, e.g. health; `acting`: a person acts; `command`: a person acts and numbers the act. */
export type Access = 'open' | 'acting' | 'command';

/** An operation with its types forgotten, as mounting and the document see it. */
export interface Operation
  extends Described<Named, Named, z.ZodType>, Handled<CommandCall<never, never, never>>, Partial<Guarded> {
  readonly access: Access;
  /** Answers all with the same reach alike. */
  readonly shared?: boolean;
}

type Nothing = z.ZodType<Record<string, never>>;

const forgetting =
  (access: Access, more: Pick<Operation, 'shared'> = {}) =>
  (operation: Described<Named, Named, z.ZodType> & Handled<never>): Operation =>
    ({ ...operation, access, ...more }) as unknown as Operation;

/** A read by an acting person. */
export const acting: <P extends Named = Nothing, Q extends Named = Nothing, B extends z.ZodType = z.ZodUndefined>(
  operation: Described<P, Q, B> & Guarded & Handled<Call<z.output<P>, z.output<Q>, z.output<B>>>,
) => Operation = forgetting('acting') as never;

/** A read that answers all with the same reach alike: counted once for those who ask at the same time. */
export const shared: <P extends Named = Nothing, Q extends Named = Nothing>(
  operation: Described<P, Q, z.ZodUndefined> & Guarded & Handled<SharedCall<z.output<P>, z.output<Q>>>,
) => Operation = forgetting('acting', { shared: true }) as never;

/** An act of a person; the Idempotency-Key is required. */
export const command: <P extends Named = Nothing, Q extends Named = Nothing, B extends z.ZodType = z.ZodUndefined>(
  operation: Described<P, Q, B> & Guarded & Handled<CommandCall<z.output<P>, z.output<Q>, z.output<B>>>,
) => Operation = forgetting('command') as never;

/** For anybody. */
export const open: <P extends Named = Nothing, Q extends Named = Nothing, B extends z.ZodType = z.ZodUndefined>(
  operation: Described<P, Q, B> & Handled<OpenCall<z.output<P>, z.output<Q>, z.output<B>>>,
) => Operation = forgetting('open') as never;
