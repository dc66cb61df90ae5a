/** A web socket that answers with what it is told, for texts of less than 126 bytes (RFC 6455). */

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const TEXT = 0x81;
const CLOSE = 0x88;

let port: Promise<number> | undefined;

/** The port of the one server, which does not keep the process alive. */
export function socketPort(): Promise<number> {
  port ??= listen();
  return port;
}

async function listen(): Promise<number> {
  const server = createServer();
  server.on('upgrade', ({ headers }, socket) => {
    const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const protocol = headers['sec-websocket-protocol']?.split(',')[0];
    const lines = [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
      ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.on('data', (data: Buffer) => answer(socket as Socket, data));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

/** Several frames may come at once. */
function answer(socket: Socket, data: Buffer): void {
  for (let start = 0; start + 6 <= data.length; ) {
    const length = Number(data[start + 1]) & 0x7f;
    const mask = data.subarray(start + 2, start + 6);
    const masked = data.subarray(start + 6, start + 6 + length);
    const payload = masked.map((byte, index) => byte ^ Number(mask[index % 4]));
    const kind = Number(data[start]) === CLOSE ? CLOSE : TEXT;
    socket.write(Buffer.concat([Buffer.from([kind, length]), payload]));
    if (kind === CLOSE) socket.end();
    start += 6 + length;
  }
}
