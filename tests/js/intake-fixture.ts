import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Intake, type IntakeOptions, startIntake } from '../../js/intake/index.ts';
import type { Json } from '../../js/intake/json.ts';
import type { RejectedLine } from '../../js/intake/stream.ts';
import { generateSchema } from '../../js/tools/schema.mjs';

export const schemaFile = fileURLToPath(
  new URL('../../dist/schema/rum-events.schema.json', import.meta.url),
);

await generateSchema(schemaFile);

/** An intake that is closed with the test. */
export async function useIntake(t: TestContext, options: IntakeOptions = {}): Promise<Intake> {
  const intake = await startIntake(options);
  t.after(() => intake.close());
  return intake;
}

export const query = 'ddsource=browser&dd-api-key=pub1&dd-request-id=r1&_dd.api=fetch';

export function post(
  { url }: Intake,
  body: string | Uint8Array,
  { track = 'rum', more = '', headers = {} as Record<string, string> } = {},
): Promise<Response> {
  const sent = typeof body === 'string' ? body : new Uint8Array(body);
  return fetch(`${url}/api/v2/${track}?${query}${more}`, { method: 'POST', body: sent, headers });
}

/** The lines it could not read. */
export function rejectedBy({ received }: Intake): RejectedLine[] {
  return received.filter((message): message is RejectedLine => message.kind === 'rejected');
}

/** What it did store, by name or type. */
export function namesIn(intake: Intake): unknown[] {
  return intake.events().map(({ event }) => event.name ?? event.type);
}

/** A request as no browser or `fetch` would let one write it. */
export function rawRequest(
  { port }: Intake,
  { method = 'GET', path = '/', headers: sentHeaders = {} as Record<string, string>, body = '' },
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers: sentHeaders };
    const sent = httpRequest(options, (response) => {
      let text = '';
      const { statusCode: status = 0, headers } = response;
      if (headers['content-type']?.startsWith('text/event-stream')) {
        response.destroy();
        return resolve({ status, headers, text });
      }
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status, headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Sends the start of a request, and hangs up. Resolves when the intake has noticed. */
export function abortRequest({ port }: Intake, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text, () => socket.end());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}

const uuid = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;

const common = (type: string): Json => ({
  type,
  date: 1_756_200_000_000,
  source: 'browser',
  application: { id: uuid(1) },
  session: { id: uuid(2), type: 'user' },
  view: { id: uuid(3), url: 'https://shop.example/cart', referrer: '' },
  _dd: { format_version: 2 },
  service: 'shop',
});

/** A valid `view`. */
export function view(version = 1, more: Json = {}): Json & { view: Json; _dd: Json } {
  const counts = { action: { count: 0 }, error: { count: 0 }, resource: { count: 3 } };
  return {
    ...common('view'),
    view: { id: uuid(3), url: 'https://shop.example/cart', time_spent: 5, ...counts },
    _dd: { format_version: 2, document_version: version, page_states: [] },
    ...more,
  };
}

/** A valid `view_update`. */
export function viewUpdate(version: number, more: Json = {}): Json {
  return {
    ...common('view_update'),
    _dd: { format_version: 2, document_version: version },
    ...more,
  };
}

/** A valid `error`. */
export function errorEvent(): Json & { error: Json } {
  return {
    ...common('error'),
    error: { id: uuid(4), message: 'x is not a function', source: 'source' },
  };
}

/** A valid `action`. */
export function action(): Json & { action: Json } {
  return { ...common('action'), action: { id: uuid(5), type: 'custom', target: { name: 'buy' } } };
}

/** A valid `vital`. */
export function vital(): Json & { vital: Json } {
  return { ...common('vital'), vital: { id: uuid(6), type: 'duration', name: 'a', duration: 7 } };
}

/** A valid `exposure`. */
export function exposure(): Json {
  return {
    timestamp: 1_756_200_000_000,
    flag: { key: 'checkout' },
    variant: { key: 'new' },
    allocation: { key: 'a1' },
    subject: { id: 'u1', attributes: {} },
  };
}

/** Newline-delimited JSON. */
export function ndjson(...events: Json[]): string {
  return events.map((event) => JSON.stringify(event)).join('\n');
}
