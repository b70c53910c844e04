/** Evidence: photographs and papers, named by their SHA-256. What they prove stands in the case that names them. */
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { digestOf, EVIDENCE_TYPES, keepEvidence, sniff } from '../../cases/evidence-store.ts';
import { mayReadEvidence } from '../../cases/evidence-reach.ts';
import { Digest, Instant } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';

const LIMIT_BYTES = 10_000_000;
const EXTENSION: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'video/mp4': 'mp4',
};

const params = z.strictObject({ sha256: Digest });
const Evidence = z
  .strictObject({ digest: Digest, mediaType: z.enum(EVIDENCE_TYPES), size: z.int(), uploadedAt: Instant })
  .meta({ id: 'Evidence' });

interface Row {
  readonly digest: string;
  readonly media_type: string;
  readonly size: number;
  readonly uploaded_at: string;
}

const shown = ({ digest, media_type, size, uploaded_at }: Row) => ({
  digest,
  mediaType: media_type,
  size,
  uploadedAt: Number(uploaded_at),
});

export function evidenceOperations({ pool, evidence }: Pick<ApiDeps, 'pool' | 'evidence'>): Operation[] {
  const rowOf = async (digest: string): Promise<Row | undefined> => {
    const { rows } = await pool.query<Row>({
      name: 'evidence-of',
      text: 'SELECT digest, media_type, size, uploaded_at FROM evidence WHERE digest = $1',
      values: [digest],
    });
    return rows[0];
  };

  return [
    acting({
      method: 'put',
      path: '/api/evidence/{sha256}',
      right: 'evidence.write',
      tag: '证据',
      summary: '上传一份证据',
      description:
        '地址即内容的 SHA-256;同一内容重复上传只存一份。类型按内容判断:jpeg、png、webp、pdf、mp4。上限 10 MB。',
      params,
      upload: { mediaTypes: [...EVIDENCE_TYPES, 'application/octet-stream'], limitBytes: LIMIT_BYTES },
      answers: [
        { status: 201, description: '已保存', json: Evidence },
        { status: 200, description: '早已保存', json: Evidence },
      ],
      problems: ['digest-mismatch'],
      handle: async ({ params: { sha256 }, body, actor }) => {
        const bytes = body as unknown as Buffer;
        if (digestOf(bytes) !== sha256) throw new ApiProblem('digest-mismatch');
        const mediaType = sniff(bytes);
        if (mediaType === undefined) {
          throw new ApiProblem('unsupported-media-type', { details: { accepts: EVIDENCE_TYPES.join('、') } });
        }
        const kept = { digest: sha256, bytes, mediaType, person: actor.person };
        const isNew = await keepEvidence({ pool, store: evidence }, kept);
        const row = await rowOf(sha256);
        if (row === undefined) throw new Error('evidence row vanished');
        return { status: isNew ? 201 : 200, json: shown(row) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/evidence/{sha256}',
      right: 'evidence.read',
      shows: 'evidence',
      tag: '证据',
      summary: '下载一份证据',
      description: '自己上传的,或者能看的案件、承诺书中写明的。',
      params,
      answers: [{ status: 200, description: '原文件', mediaTypes: EVIDENCE_TYPES }],
      problems: ['evidence-not-found'],
      handle: async ({ params: { sha256 }, reach }) => {
        const row = (await mayReadEvidence(pool, reach, sha256)) ? await rowOf(sha256) : undefined;
        const file = row === undefined ? undefined : await evidence.read(sha256);
        if (row === undefined || file === undefined) throw new ApiProblem('evidence-not-found');
        return {
          headers: {
            'Content-Type': row.media_type,
            'Content-Length': String(file.size),
            'Content-Disposition': `attachment; filename="${sha256}.${EXTENSION[row.media_type] ?? 'bin'}"`,
            'Content-Security-Policy': "default-src 'none'; sandbox",
            'Cache-Control': 'private, max-age=31536000, immutable',
          },
          streamed: (response) => pipeline(file.stream(), response),
        };
      },
    }),
  ];
}
