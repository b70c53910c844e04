/** What Node refuses before any middleware sees it: bytes that are no HTTP request. Answered like everything else. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { ApiProblem, problemBody } from './problem.ts';

const CODES: { readonly [error: string]: string } = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

const PHRASES: { readonly [status: number]: string } = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Without a listener Node answers an empty 400, e.g. to an address with characters that were not percent-encoded. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem = problemBody(new ApiProblem(CODES[error.code ?? ''] ?? 'malformed-http'), randomUUID());
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${PHRASES[problem.status] ?? 'Bad Request'}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}
