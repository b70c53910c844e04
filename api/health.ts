/** Does it run, and if not, which part is down? `live` asks nobody; `ready` asks every part, each within its own time. */
import { z } from 'zod';
import { open, type Operation } from './operation.ts';

/** One thing the product needs; `check` throws with a sentence when it is down. */
export interface Part {
  readonly name: string;
  readonly check: () => Promise<void>;
}

/** A part that does not answer in this time is down. */
const PATIENCE_MS = 2_000;

const PartState = z.strictObject({
  part: z.string(),
  up: z.boolean(),
  why: z.string().optional().meta({ description: '为何不可用' }),
});
const Readiness = z.strictObject({ up: z.boolean(), parts: z.array(PartState) }).meta({ id: 'Readiness' });

/** Runs one check; never throws. */
export async function stateOf({ name, check }: Part): Promise<z.infer<typeof PartState>> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotUp(`${PATIENCE_MS / 1000} 秒内没有应答`)), PATIENCE_MS);
  });
  try {
    await Promise.race([check(), tooSlow]);
    return { part: name, up: true };
  } catch (error) {
    return { part: name, up: false, why: error instanceof NotUp ? error.message : '连接失败' };
  } finally {
    clearTimeout(timer);
  }
}

/** Thrown by a check with a Chinese sentence for the operator. Other errors are shown only as 连接失败: they may hold addresses. */
export class NotUp extends Error {}

const answers = [
  { status: 200, description: '全部就绪', json: Readiness },
  { status: 503, description: '有部分不可用', json: Readiness },
];

export function healthOperations(parts: readonly Part[]): Operation[] {
  return [
    open({
      method: 'get',
      path: '/health/live',
      tag: '系统',
      summary: '进程是否在运行',
      answers: [{ status: 200, description: '在运行', json: z.strictObject({ up: z.literal(true) }) }],
      handle: async () => ({ json: { up: true } }),
    }),
    open({
      method: 'get',
      path: '/health/ready',
      tag: '系统',
      summary: '各部分是否就绪',
      description:
        '有任何部分不可用时答 503 并指明。Temporal 停止时命令仍被接受:负载均衡器请只问 `?parts=database,migrations`。',
      query: z.strictObject({
        parts: z
          .string()
          .max(200)
          .regex(/^[a-z]+(,[a-z]+)*$/, '形式为以逗号分隔的部分名')
          .optional()
          .meta({ description: `只问这些部分,以逗号分隔:${parts.map(({ name }) => name).join('、')}` }),
      }),
      answers,
      handle: async ({ query }) => {
        const asked = query.parts?.split(',');
        const states = await Promise.all(parts.filter(({ name }) => asked?.includes(name) ?? true).map(stateOf));
        const up = states.every((state) => state.up);
        return { status: up ? 200 : 503, json: { up, parts: states } };
      },
    }),
  ];
}
