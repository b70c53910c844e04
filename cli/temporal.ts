/** The Temporal client of the two commands that wake drivers; loaded by them alone. */
import { Client, Connection } from '@temporalio/client';
import type { Drivers } from '../cases/drivers.ts';
import type { Config } from '../config/config.ts';
import { temporalDrivers } from '../drivers/temporal-drivers.ts';
import { CliProblem, FAULTY } from './problem.ts';

const CONNECT_MS = 5_000;

export async function connectTemporal({
  TEMPORAL_ADDRESS,
  TEMPORAL_NAMESPACE,
}: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): Promise<{ drivers: Drivers; close: () => Promise<void> }> {
  const connection = await Connection.connect({ address: TEMPORAL_ADDRESS, connectTimeout: CONNECT_MS }).catch(() => {
    throw new CliProblem('temporal-unavailable', `Temporal 连不上(${TEMPORAL_ADDRESS}),没有办理`, FAULTY);
  });
  const client = new Client({ connection, namespace: TEMPORAL_NAMESPACE });
  return { drivers: temporalDrivers(client), close: () => connection.close() };
}
