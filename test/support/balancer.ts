import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const DOCS = path.resolve(import.meta.dirname, '../../docs/balancers');

/** A balancer before several processes. */
export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

/** A kind of balancer that can be had on this machine. `begin`: on a port, before processes on some ports. */
export interface BalancerKind { readonly name: string; readonly begin: (port: number, ports: readonly number[]) => Promise<Balancer> }

/** The group that a request names, to the letter, as the configurations of nginx and HAProxy find it. */
export const groupOf = (url: string): string => /[?&]group=([^&]*)/.exec(url)?.[1] || (/^\/(?:api\/groups|g)\/([^/?]+)/.exec(url)?.[1] ?? '-');

const CHECK_MS = 300, SILENT_MS = 1_000;

/** A small one: hashes on the group, goes on to the next process where one does not listen, and looks whether they answer. */
class OwnBalancer implements Balancer {
  private readonly open = new Map<number, Set<Socket>>();
  private readonly down = new Set<number>();
  private over = false;

  constructor(private readonly server: Server, readonly url: string, private readonly ports: readonly number[]) {
    server.on('request', (asked, answer) => void this.pass(asked, answer));
    server.on('upgrade', (asked, socket, head) => this.join(asked, socket as Socket, head, this.order(asked.url!)));
    for (const port of ports) void this.watch(port);
  }

  async close(): Promise<void> {
    this.over = true;
    this.server.closeAllConnections();
    for (const sockets of this.open.values()) for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => { this.server.close(() => resolve()); });
  }

  /** The processes in the order in which they are tried: the same for all of a group. */
  private order(url: string): number[] {
    const rank = (port: number): string => createHash('sha256').update(`${groupOf(url)} ${this.ports.indexOf(port)}`).digest('hex');
    return [...this.ports].sort((a, b) => Number(this.down.has(a)) - Number(this.down.has(b)) || (rank(a) < rank(b) ? -1 : 1));
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of asked) body.push(chunk as Buffer);
    for (const port of this.order(asked.url!)) if (await this.tried(port, asked, Buffer.concat(body), answer)) return;
    answer.writeHead(502).end();
  }

  /** False when nobody listens there: nothing was sent. */
  private tried(port: number, { method, url, headers }: IncomingMessage, body: Buffer, answer: ServerResponse): Promise<boolean> {
    return new Promise((resolve) => {
      const on = request({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, 'x-forwarded-for': '127.0.0.1' }, agent: false }, (from) => {
        answer.writeHead(from.statusCode!, from.headers);
        from.pipe(answer);
        from.on('error', () => answer.destroy());
        resolve(true);
      });
      on.on('socket', (socket) => this.note(port, socket));
      on.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return resolve(false);
        if (answer.headersSent) answer.destroy();
        else answer.writeHead(502).end();
        resolve(true);
      });
      on.end(body);
    });
  }

  private join(asked: IncomingMessage, socket: Socket, head: Buffer, [port, ...others]: readonly number[]): void {
    if (port === undefined) return void socket.destroy();
    const to = connect(port, '127.0.0.1');
    let met = false, refused = false;
    to.once('connect', () => {
      met = true;
      const lines = asked.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
      to.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n`);
      to.write(head);
      to.pipe(socket).pipe(to);
    });
    to.on('error', () => {
      refused = !met;
      if (refused) this.join(asked, socket, head, others);
    });
    socket.on('error', () => to.destroy());
    socket.on('close', () => to.destroy());
    // Also where it was ended from here before it was met.
    to.on('close', () => { if (!refused) socket.destroy(); });
    this.note(port, to);
  }

  private note(port: number, socket: Socket): void {
    const sockets = this.open.get(port) ?? new Set();
    this.open.set(port, sockets.add(socket));
    socket.once('close', () => sockets.delete(socket));
  }

  /** A process that does not answer is none: its connections end. */
  private async watch(port: number): Promise<void> {
    for (; !this.over; await pause(CHECK_MS, undefined, { ref: false })) {
      if (await answers(port)) this.down.delete(port);
      else if (!this.down.has(port)) {
        this.down.add(port);
        for (const socket of this.open.get(port) ?? []) socket.destroy();
      }
    }
  }
}

const answers = (port: number): Promise<boolean> => new Promise((resolve) => {
  const asking = get({ host: '127.0.0.1', port, path: '/', agent: false, timeout: SILENT_MS }, (answer) => { answer.resume(); resolve(true); });
  asking.on('timeout', () => asking.destroy());
  asking.on('error', () => resolve(false));
});

async function own(port: number, ports: readonly number[]): Promise<Balancer> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return new OwnBalancer(server, `http://localhost:${port}`, ports);
}

/** A program with its configuration of `docs`, in which servers and ports are these. */
function program(file: string, run: (configuration: string) => readonly string[]): BalancerKind['begin'] {
  return async (port, ports) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'parley-balancer-')), configuration = path.join(folder, file);
    writeFileSync(configuration, adapted(readFileSync(path.join(DOCS, file), 'utf8'), folder, port, ports));
    const [command, ...args] = run(configuration), child = spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] }), ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => { output = (output + chunk.toString()).slice(-2_000); });
    for (const until = Date.now() + 10_000; !(await answers(port)); await pause(50)) if (Date.now() > until || child.exitCode !== null) throw new Error(`${command} does not answer: ${output}`);
    return {
      url: `http://localhost:${port}`,
      async close() {
        child.kill('SIGTERM');
        await Promise.race([ended, pause(2_000).then(() => child.kill('SIGKILL'))]);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
}

/** One line for a server is given for each; nothing else differs from what stands in `docs`. */
function adapted(text: string, folder: string, port: number, ports: readonly number[]): string {
  const [line] = /^.*\bapp-1:3000.*$/m.exec(text)!;
  return text.replace(/^.*\bapp-2:3000.*\n/m, '').replace(line, ports.map((to, i) => line.replace('app-1:3000', `127.0.0.1:${to}`).replace('server app-1 ', `server app-${i + 1} `)).join('\n'))
    .replaceAll(':8080', `:${port}`).replaceAll('listen 8080', `listen ${port}`).replaceAll('/tmp/', `${folder}/`);
}

const found = (command: string): string | null => ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => path.join(folder, command)).find((file) => spawnSync(file, ['-v']).status === 0) ?? null;

const nginx = found('nginx'), haproxy = found('haproxy');

/** All that can be had here; the first is there always. */
export const BALANCERS: readonly BalancerKind[] = [
  { name: 'the test’s own', begin: own },
  ...(nginx === null ? [] : [{ name: 'nginx', begin: program('nginx.conf', (file) => [nginx, '-c', file, '-g', 'daemon off; master_process off;']) }]),
  ...(haproxy === null ? [] : [{ name: 'HAProxy', begin: program('haproxy.cfg', (file) => [haproxy, '-f', file, '-db']) }]),
];
