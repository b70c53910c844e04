/** Posts JSON over connections that stay open, as a console or a phone does; any answer but 200 ends the measurement. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Poster {
  readonly send: (post: Post) => Promise<void>;
  readonly close: () => void;
}

export function poster(base: string, connections: number): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });

  const send = ({ path, headers, body }: Post): Promise<void> =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const asked = request(
        `${base}${path}`,
        {
          method: 'POST',
          agent,
          headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': bytes.length },
        },
        (response) => {
          text(response).then((answer) => {
            if (response.statusCode === 200) resolve();
            else reject(new Error(`${path}: ${response.statusCode ?? 0} ${answer}`));
          }, reject);
        },
      );
      asked.once('error', reject);
      asked.end(bytes);
    });

  return {
    send,
    close: () => {
      agent.destroy();
    },
  };
}
