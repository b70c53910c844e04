/**
 * `npm run bench`: how much does this machine carry? Composition only; scripts/bench.mjs brings up PostgreSQL, Temporal
 * and the API, says where they are, and throws their data away. Nothing here judges a figure.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readClock, type CasesDeps } from '../cases/deps.ts';
import { createOffice } from '../cases/office.ts';
import { prepareOffice } from '../cases/prepare-office.ts';
import { PROCESSES } from '../cases/processes.ts';
import { loadConfig, type Config } from '../config/config.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import { measureAlarms } from './alarms.ts';
import { measureDeadlines } from './deadlines.ts';
import { loadDistrict } from './district.ts';
import { measureDrivers } from './drivers.ts';
import { measureKickOff } from './kick-off.ts';
import { machine } from './machine.ts';
import { timed } from './measure.ts';
import { asJson, asMarkdown, asTable, type Report } from './report.ts';
import { measureVisits } from './visits.ts';

/** A thousand subjects: the whole run stays under four minutes on two cores, also busy ones. */
const DEFAULT_SCALE = 0.05;

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: String(DEFAULT_SCALE) },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => {
  console.error(`  ${line}`);
};

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { result, seconds } = await timed(work);
  say(`${name}: ${seconds.toFixed(1)} s`);
  return result;
}

async function main(config: Config, scale: number, idleNamespace: string): Promise<Report> {
  const loadBefore = os.loadavg()[0] ?? 0;
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: config.DATABASE_POOL });
  try {
    const deps: CasesDeps = { pool, processes: PROCESSES, office: createOffice(), build: config.BUILD_ID };
    await prepareOffice(pool, config.BUILD_ID);
    const district = await named('载入示例辖区', () => loadDistrict(deps, scale));
    const client = await pool.connect();
    const today = localDate(await readClock(deps, client).finally(() => client.release()));
    const inForce = await deps.office.inForce(pool);
    const temporal = {
      address: config.TEMPORAL_ADDRESS,
      namespace: config.TEMPORAL_NAMESPACE,
      idleNamespace,
      bundle: config.WORKFLOW_BUNDLE ?? '',
    };
    const { result, seconds } = await timed(async () => {
      const deadlines = await named('期限', () => measureDeadlines(inForce, today));
      const kickOffs = await named('预览与确认', () => measureKickOff(deps, district, today));
      const visits = await named('走访', () => measureVisits({ deps, district, today, api: config.PUBLIC_URL }));
      const alarms = await named('到点', () => measureAlarms(deps, district, today));
      const drivers = await named('驱动', () => measureDrivers({ deps, district, today, temporal }));
      return { figures: [...kickOffs, ...visits.figures, alarms, ...drivers, ...deadlines], ratios: [visits.ratio] };
    });
    const { subjects, cadres } = district;
    const where = { on: today, build: config.BUILD_ID, scale, subjects, cadres };
    return { ...where, machine: await machine(pool, loadBefore), ...result, tookSeconds: seconds };
  } finally {
    await pool.end();
  }
}

// Whatever was started for this is ended by who started it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const scale = Number(values.scale);
if (!(scale >= 0.01 && scale <= 1)) {
  console.error(`✗ --scale 应为 0.01 到 1 的数,而不是 ${values.scale}`);
  process.exit(2);
}
const report = await main(loadConfig(process.env), scale, process.env['BENCH_IDLE_NAMESPACE'] ?? '');
process.stdout.write(values.json ? asJson(report) : values.markdown ? asMarkdown(report) : asTable(report));
