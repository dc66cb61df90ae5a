/** WebKitGTK's own small browser, on a screen that nobody sees. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Engine, expression, type Tab } from './tab.ts';
import { Session } from './webdriver.ts';

export const webkitDriver = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

const WINDOW = { width: 1280, height: 800 };

/** Pipes what the screen says of itself. */
const SCREEN: SpawnOptions = { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] };

export async function startWebKit(): Promise<Engine> {
  // It finds a number that no other screen has, and tells it.
  const screen = await start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24'], SCREEN);
  const [number] = await once(screen.stdio[3] as Readable, 'data');
  const port = await freePort();
  const driver = await start(webkitDriver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${String(number).trim()}`, GDK_BACKEND: 'x11' },
  });
  const session = await Session.start(await answering(`http://127.0.0.1:${port}`));
  const first = await session.handle();
  return {
    async newTab() {
      // The one before may be closed, and only windows make windows.
      await session.switchTo(first);
      return tab(session, await session.newWindow());
    },
    async close() {
      await session.end();
      for (const child of [driver, screen]) await end(child);
    },
  };
}

async function tab(session: Session, handle: string): Promise<Tab> {
  const switched = async () => {
    await session.switchTo(handle);
    return session;
  };
  await switched();
  return {
    open: async (url) => (await switched()).open(url),
    back: async () => (await switched()).back(),
    click: async (selector) => (await switched()).click(selector),
    press: async (key) => (await switched()).press(key),
    evaluate: async (work, ...args) => (await switched()).evaluate(expression(work, args)),
    hide: async () => (await switched()).minimize(),
    show: async () => (await switched()).place(WINDOW),
    close: async () => (await switched()).closeWindow(),
  };
}

async function start(command: string, args: string[], options: SpawnOptions) {
  const child = spawn(command, args, options);
  await once(child, 'spawn');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** The driver does not tell a port that it chose itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves with the address when somebody answers there. */
async function answering(url: string): Promise<string> {
  const isThere = () =>
    fetch(`${url}/status`).then(
      () => true,
      () => false,
    );
  while (!(await isThere())) await delay(10);
  return url;
}
