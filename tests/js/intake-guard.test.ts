import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Intake, startIntake } from '../../js/intake/index.ts';
import { action, ndjson, post, rawRequest, useIntake, view } from './intake-fixture.ts';

function useFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'intake-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function useLivePage(t: TestContext): string {
  const folder = useFolder(t);
  const livePage = join(folder, 'live');
  mkdirSync(join(livePage, 'folder'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(livePage, 'folder', 'inner.js'), 'inner');
  writeFileSync(join(livePage, 'index.html'), '<!doctype html>');
  writeFileSync(join(livePage, 'live.js'), '1');
  writeFileSync(join(livePage, 'notes.txt'), 'notes');
  symlinkSync(join(folder, 'secret.js'), join(livePage, 'link.js'));
  return livePage;
}

const dataPaths = [
  ['GET', '/stream'],
  ['GET', '/events.json'],
  ['POST', '/clear'],
  ['POST', '/faults'],
] as const;

async function statusWith(intake: Intake, headers: Record<string, string>) {
  const statuses = new Set<number>();
  for (const [method, path] of dataPaths) {
    const answer = await rawRequest(intake, { method, path, headers, body: '' });
    assert.equal(answer.headers['access-control-allow-origin'], undefined, path);
    statuses.add(answer.status);
  }
  return [...statuses];
}

test('other origins can neither read nor control', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view()));
  const others = [
    { Origin: 'https://shop.example' },
    { Origin: 'null' },
    { Origin: `http://localhost:${intake.port}` },
    { Origin: `https://127.0.0.1:${intake.port}` },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ];
  for (const headers of others) {
    assert.deepEqual(await statusWith(intake, headers), [403], JSON.stringify(headers));
  }
  assert.equal(intake.received.length, 1);
});

test('a host name that was rebound to this machine is refused', async (t) => {
  const intake = await useIntake(t, { livePage: useLivePage(t) });
  for (const host of [
    'evil.example',
    `evil.example:${intake.port}`,
    '127.0.0.1',
    '127.0.0.1.evil.example',
  ]) {
    const headers = { Host: host, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' };
    assert.deepEqual(await statusWith(intake, headers), [403], host);
    assert.equal((await rawRequest(intake, { headers })).status, 403, host);
  }
});

test('the live page and the shell can read, on localhost too', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view(), action()));
  const eventsFor = async (headers: Record<string, string>, path = '/events.json') =>
    JSON.parse((await rawRequest(intake, { path, headers })).text);
  assert.deepEqual(await eventsFor({}), intake.events());
  assert.deepEqual(await eventsFor({}, '/events.json?type=action'), intake.events('action'));
  const host = `localhost:${intake.port}`;
  const own = { Host: host, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' };
  assert.equal((await eventsFor(own)).length, 2);
});

test('a preflight opens none of the guarded paths', async (t) => {
  const intake = await useIntake(t);
  for (const [, path] of dataPaths) {
    const headers = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' };
    const answer = await rawRequest(intake, { method: 'OPTIONS', path, headers });
    assert.equal(answer.status, 403);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  }
});

test('guarded paths take one method each', async (t) => {
  const intake = await useIntake(t);
  for (const [method, path] of dataPaths) {
    const other = method === 'GET' ? 'POST' : 'GET';
    const answer = await rawRequest(intake, { method: other, path });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, method);
  }
});

test('the live page is served with a strict policy, and may be linked to', async (t) => {
  const intake = await useIntake(t, { livePage: useLivePage(t) });
  const headers = { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'navigate' };
  const page = await rawRequest(intake, { path: '/?tab=views', headers });
  assert.equal(page.status, 200);
  assert.equal(page.text, '<!doctype html>');
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers['x-content-type-options'], 'nosniff');
  assert.equal(
    page.headers['content-security-policy'],
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  const script = await rawRequest(intake, { path: '/live.js' });
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
});

test('nothing but the plain files of the live page can be had', async (t) => {
  const intake = await useIntake(t, { livePage: useLivePage(t) });
  const paths = [
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..%5csecret.js',
    '//live.js',
    '/./live.js',
    '/folder/inner.js',
    '/folder/../live.js',
    '/link.js',
    '/live.js%00.html',
    '/notes.txt',
    '/constructor',
    '/__proto__',
    'http://127.0.0.1/live.js',
  ];
  for (const path of paths) {
    assert.equal((await rawRequest(intake, { path })).status, 404, path);
  }
});

test('a file that appears later is not served', async (t) => {
  const livePage = useLivePage(t);
  const intake = await useIntake(t, { livePage });
  writeFileSync(join(livePage, 'late.js'), '1');
  assert.equal((await rawRequest(intake, { path: '/late.js' })).status, 404);
});

test('without a live page there is none', async (t) => {
  const intake = await useIntake(t);
  assert.equal((await rawRequest(intake, { path: '/' })).status, 404);
  await assert.rejects(startIntake({ livePage: useFolder(t) }), /has no index\.html/);
});

test('it listens on 127.0.0.1 only', async (t) => {
  const { port, url } = await useIntake(t);
  assert.equal(url, `http://127.0.0.1:${port}`);
  for (const host of ['127.0.0.2', '::1']) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 1000 }, () => resolve(true));
      socket.on('error', () => resolve(false)).on('timeout', () => resolve(false));
      t.after(() => socket.destroy());
    });
    assert.equal(isOpen, false, host);
  }
});

test('what arrives is appended to one file, and stays when memory is cleared', async (t) => {
  const folder = join(useFolder(t), 'a', 'b');
  const linesOf = () =>
    readFileSync(join(folder, 'received.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const first = await startIntake({ folder });
  await post(first, `${ndjson(view())}\nnope`);
  const [event, rejected] = first.received;
  first.clear();
  await first.close();
  const second = await useIntake(t, { folder });
  await post(second, ndjson(action()));
  assert.deepEqual(linesOf(), [event, rejected, { kind: 'cleared' }, second.received[0]]);
  assert.deepEqual(readdirSync(folder), ['received.ndjson']);
});

test('a received.ndjson that is a symbolic link or a folder is refused', async (t) => {
  const folder = useFolder(t);
  const target = join(folder, 'target');
  writeFileSync(target, '');
  symlinkSync(target, join(folder, 'received.ndjson'));
  await assert.rejects(startIntake({ folder }), /is no plain file/);
  assert.equal(readFileSync(target, 'utf8'), '');
  const other = useFolder(t);
  mkdirSync(join(other, 'received.ndjson'));
  await assert.rejects(startIntake({ folder: other }), /is no plain file/);
});

test('a port that is taken is an error', async (t) => {
  const { port } = await useIntake(t);
  await assert.rejects(startIntake({ port }), { code: 'EADDRINUSE' });
});

test('a missing schema is an error that says what to do', async () => {
  await assert.rejects(startIntake({ schema: 'no-such-file' }), /npm run build/);
});
