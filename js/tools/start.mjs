// The demo shop and the local intake it reports to, on this machine only.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { cli, Failure, inRoot, say } from './command.mjs';
import { setup } from './setup.mjs';

const usage = `usage: npm start [-- OPTIONS]

Builds, then serves the demo and the live page, which shows what the demo sends.
  --demo-port PORT     the demo's port (default: a free one)
  --intake-port PORT   the port of the intake and its live page (default: a free one)`;

const options = { 'demo-port': { type: 'string' }, 'intake-port': { type: 'string' } };

async function start(values) {
  const ports = { demo: portOf(values, 'demo-port'), intake: portOf(values, 'intake-port') };
  await setup();
  await build();
  const { startIntake } = await load('dist/node/intake.js');
  const { startDemo } = await load('examples/demo/server.mjs');
  const intake = await listening('intake-port', ports.intake, (port) =>
    startIntake({ port, livePage: inRoot('dist/intake/live'), folder: inRoot('.ferrum') }),
  );
  const demo = await listening('demo-port', ports.demo, (port) =>
    startDemo({ port, intakeUrl: intake.url, distFolder: inRoot('dist') }),
  ).catch(async (error) => {
    await intake.close();
    throw error;
  });
  say(`\ndemo       ${demo.url}\nlive page  ${intake.url}\n\nCtrl-C ends both.`);
  endOnSignal([demo, intake]);
}

function portOf(values, name) {
  const text = values[name] ?? '0';
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Failure(
    `--${name} ${text}: not a port; give a number from 1 to 65535, or leave it out`,
  );
}

function load(path) {
  if (!existsSync(inRoot(path))) throw new Failure(`${path} does not exist yet`);
  return import(pathToFileURL(inRoot(path)).href);
}

async function listening(option, port, serve) {
  try {
    return await serve(port);
  } catch (error) {
    const reason = { EADDRINUSE: 'the port is in use', EACCES: 'the port is not allowed' }[
      error.code
    ];
    if (!reason) throw error;
    throw new Failure(`--${option} ${port}: ${reason}; choose another, or leave the option out`);
  }
}

function endOnSignal(servers) {
  const end = async () => {
    await Promise.all(servers.map((server) => server.close()));
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
  if (process.env.npm_lifecycle_event) endWithParent(end);
}

/** npm passes SIGTERM on to its shell only, which would leave the servers running unseen. */
function endWithParent(end) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 500).unref();
}

await cli(import.meta.url, usage, options, start);
