/** Reads over connections that stay open, and says how long each answer took; any answer but 200 ends the measurement. */
import { Agent, request } from 'node:http';

export interface Getter {
  /** Milliseconds until the last byte. */
  readonly get: (path: string, cookie: string) => Promise<number>;
  readonly close: () => void;
}

export function getter(base: string, connections: number): Getter {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });

  const get = (path: string, cookie: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const from = performance.now();
      const asked = request(`${base}${path}`, { agent, headers: { Cookie: cookie } }, (response) => {
        let start = '';
        response.on('data', (chunk: Buffer) => {
          if (start.length < 500) start += chunk.toString('utf8', 0, 500);
        });
        response.once('error', reject);
        response.once('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - from);
          else reject(new Error(`${path}: ${String(response.statusCode)} ${start}`));
        });
      });
      asked.once('error', reject);
      asked.end();
    });

  return {
    get,
    close: () => {
      agent.destroy();
    },
  };
}
