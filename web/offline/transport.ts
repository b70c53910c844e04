/**
 * How a parcel crosses the network: the same address, number and post however often it is tried. Not through the shared
 * client, which speaks for the post of the session: a visit stays the act of the post that made it.
 */
import type { Problem, Schemas } from '../api/client.ts';
import type { Transport } from './courier.ts';
import type { Outcome, Parcel } from './delivery.ts';

/** A connection that gives no answer is given up. */
const PATIENCE_MS = 30_000;

/** Try again later: the office is busy or being restarted. */
const LATER = new Set([408, 425, 429]);

const NO_ANSWER: Outcome = { kind: 'unknown' };

async function ask(
  method: 'POST' | 'PUT',
  path: string,
  parcel: Parcel,
  body: BodyInit,
  type: string,
): Promise<Outcome> {
  const headers = {
    'Content-Type': type,
    'Idempotency-Key': parcel.key,
    'X-Zhaodan-Post': encodeURIComponent(parcel.post),
  };
  let response: Response;
  let said: unknown;
  try {
    response = await fetch(path, { method, headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
    said = await response.json();
  } catch {
    // No answer, or half of one: whether it arrived, the number will tell.
    return NO_ANSWER;
  }
  return outcomeOf(response.status, said);
}

export function outcomeOf(status: number, said: unknown): Outcome {
  if (status >= 200 && status < 300) return { kind: 'arrived', receipt: receiptOf(said) };
  if (status >= 500 || LATER.has(status)) return NO_ANSWER;
  const { code = `http-${String(status)}`, detail = `服务器没有正常答复（${String(status)}）。` } =
    said as Partial<Problem>;
  return status === 401 ? { kind: 'signed-out' } : { kind: 'refused', trouble: { code, detail } };
}

function receiptOf(said: unknown): { seq: number; head: string; at: number } | null {
  const { seq, head, at } = said as Partial<Schemas['Done']>;
  return seq === undefined || head === undefined || at === undefined ? null : { seq, head, at };
}

const JSON_TYPE = 'application/json';

/** An answer without a receipt proves nothing. */
const receipted = (outcome: Outcome): Outcome =>
  outcome.kind === 'arrived' && outcome.receipt === null ? NO_ANSWER : outcome;

export const overHttp: Transport = {
  facts: async (parcel) => {
    const { round, body, telling } = parcel;
    if (telling.as === 'visit') {
      const path = `/api/rounds/${encodeURIComponent(round)}/visits`;
      return receipted(await ask('POST', path, parcel, JSON.stringify(body), JSON_TYPE));
    }
    const { visitedOn, mode, items, findings, evidence, confirmedBy, note } = body;
    const record = { visitedOn, mode, items, findings, evidence, confirmedBy, ...(note === undefined ? {} : { note }) };
    const amendment = { type: 'amend-visit', visit: telling.of, reason: telling.reason, ...record };
    const path = `/api/cases/${encodeURIComponent(`round/${round}`)}/commands`;
    return receipted(await ask('POST', path, parcel, JSON.stringify(amendment), JSON_TYPE));
  },
  photo: (parcel, { digest }, file) => ask('PUT', `/api/evidence/${digest}`, parcel, file, 'application/octet-stream'),
};
