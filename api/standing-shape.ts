/** How a clock's standing looks in an answer: lists, the to-do list and the case page share it. */
import { z } from 'zod';

const Amount = z.strictObject({ unit: z.enum(['h', 'WD', 'CD']), amount: z.number() });

export const StandingShape = z
  .strictObject({
    status: z.enum(['running', 'stopped', 'ended']),
    left: Amount.nullable(),
    over: Amount.nullable(),
    used: z.number().meta({ description: '时限已用的份额,0 到 1' }),
    dueAt: z.int().nullable(),
    dueOn: z.string().nullable(),
    dueOnLenient: z.string().nullable().meta({ description: '宽松算法的末日,与严格算法不同时才有' }),
    provisional: z.boolean(),
    lastDay: z.boolean(),
    mark: z.enum(['V', 'S', 'U', 'D']),
    rule: z.string(),
    urgency: z.enum(['blue', 'yellow', 'red']).nullable(),
    endedAt: z.int().nullable(),
  })
  .meta({ id: 'Standing', description: '一个时限此刻怎样:剩多少、超多少、末日、缓急' });
