// `npm run dev`: Parley at one address while it is worked on. Vite serves the web and puts changes into open pages; the server is built again and started again when a
// file of it, or of a lib, has changed. Data stay in `.data` (PARLEY_DATA); WEB_PORT is the port of the address, PORT the server's own behind it. Vite's pages carry no content security policy:
// what it stops shows with `npm start` and in the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createLogger, createServer } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const webPort = Number(process.env.WEB_PORT ?? 5173), port = Number(process.env.PORT ?? 3000), address = `http://localhost:${webPort}`;

/** The server as it was built last. One ends before the next begins: both would hold the data. */
let child = null, starting = Promise.resolve();

function restart() {
  starting = starting.then(async () => {
    await stop();
    child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'apps/server/dist/main.js')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PORT: String(port), PUBLIC_URL: address } });
    child.once('exit', (code) => { if (code) console.error('The server ended; it is started again when a file has changed.'); });
  });
}

async function stop() {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Builds an app now and whenever a file of it has changed; calls `built` each time that succeeds. */
async function watch(app, built) {
  const folder = path.join(root, 'apps', app);
  const watcher = await build({ root: folder, configFile: path.join(folder, 'vite.config.ts'), logLevel: 'warn', build: { watch: {}, emptyOutDir: false } });
  watcher.on('event', async ({ code, error, result }) => {
    if (code === 'ERROR') console.error(error.message);
    if (code === 'BUNDLE_END') await result.close();
    if (code === 'END') built();
  });
  return watcher;
}

/** That the server cannot be reached while it is started again is nothing to be told of: pages ask again. */
const logger = createLogger('warn'), { error } = logger;
logger.error = (message, options) => { if (!/proxy error|proxy socket error/.test(message)) error(message, options); };

const web = await createServer({
  root: path.join(root, 'apps/web'), configFile: path.join(root, 'apps/web/vite.config.ts'), customLogger: logger,
  server: { port: webPort, strictPort: true, proxy: { '/api': `http://localhost:${port}`, '/ws': { target: `ws://localhost:${port}`, ws: true } } },
});
await web.listen();
// The demonstration is filled by the command.
const watchers = [await watch('cli', () => undefined), await watch('server', () => { restart(); console.log(`Parley is at ${address}`); })];

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void Promise.all([...watchers.map((watcher) => watcher.close()), web.close(), starting.then(stop)]).finally(() => process.exit(0)));
}
