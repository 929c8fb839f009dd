import { isIP } from 'node:net';
import proxyaddr from 'proxy-addr';
import { z } from 'zod';

/** What the person who starts Parley may set. Null: not set, and the absence means something. */
export interface Config {
  /** 0: any free port. */
  readonly port: number;
  /** Null: every interface. */
  readonly host: string | null;
  /** The address people use, when it is not the one Parley listens at. No path, no slash at the end. */
  readonly publicUrl: string | null;
  readonly data: string;
  /** Replaces the embedded PostgreSQL. Its role may add to the record and read it, and change nothing in it. */
  readonly databaseUrl: string | null;
  /** The role that owns the tables, to bring them up to date; a server goes without it when nothing is to be done. */
  readonly databaseOwnerUrl: string | null;
  readonly demo: boolean;
  readonly insecureHttp: boolean;
  /** Proxies whose word on where a request comes from is believed: addresses, ranges, `loopback`, `linklocal`, `uniquelocal`. None: nobody's. */
  readonly trustedProxies: readonly string[];
  /** How long the seat of a reset account sleeps where nobody else can confirm it. */
  readonly wakeAfterMs: number;
  /** Null: one is made and kept in the data folder. */
  readonly sessionKey: string | null;
}

/** Every bad setting, in one message. The values are not in it: some are secrets. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';

  constructor(readonly faults: readonly string[]) {
    super(['Parley cannot start with these settings:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The only look at the environment. Throws `BadConfig`. */
export function readConfig(environment: Environment = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const faults: string[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>, otherwise: T): T => {
    if (set[name] === undefined) return otherwise;
    const parsed = schema.safeParse(set[name]!.trim());
    if (parsed.success) return parsed.data;
    faults.push(`${name}: ${parsed.error.issues[0]!.message}`);
    return otherwise;
  };
  const databaseUrl = read<string | null>('DATABASE_URL', databaseUrlSchema, null);
  const demo = read('PARLEY_DEMO', onOff, set['DATABASE_URL'] === undefined);
  const config: Config = {
    port: read('PORT', portSchema, 3000),
    host: read<string | null>('HOST', hostSchema, demo && set['HOST'] === undefined ? '127.0.0.1' : null),
    publicUrl: read<string | null>('PUBLIC_URL', publicUrlSchema, null),
    data: read('PARLEY_DATA', z.string().max(4096), './.data'),
    databaseUrl, demo,
    databaseOwnerUrl: read<string | null>('DATABASE_OWNER_URL', databaseUrlSchema, null),
    trustedProxies: read<readonly string[]>('TRUSTED_PROXIES', proxiesSchema, []),
    insecureHttp: read('INSECURE_HTTP', onOff, false),
    wakeAfterMs: read('WAKE_AFTER_HOURS', hoursSchema, 24) * 60 * 60_000,
    sessionKey: read<string | null>('SESSION_KEY', z.string().min(32, 'at least 32 random characters'), null),
  };
  faults.push(...insecure(config, faults));
  if (config.databaseOwnerUrl !== null && set['DATABASE_URL'] === undefined) faults.push('DATABASE_OWNER_URL: only beside a DATABASE_URL, the address that the server itself uses');
  if (faults.length > 0) throw new BadConfig(faults);
  return config;
}

const onOff = z.enum(['on', 'off'], 'on or off').transform((word) => word === 'on');
const portSchema = z.string().regex(/^\d{1,5}$/, 'a number from 0 to 65535').transform(Number).refine((port) => port <= 65_535, 'a number from 0 to 65535');
const hoursSchema = z.string().regex(/^\d{1,4}$/, 'a whole number of hours, at least 1').transform(Number).refine((hours) => hours >= 1, 'a whole number of hours, at least 1');
const hostSchema = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'a host name or an IP address to listen on');

const proxiesSchema = z.string().max(4096).transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''))
  .refine(areProxies, 'addresses of proxies with commas between them, such as 127.0.0.1, 10.0.0.0/8, or the words loopback, linklocal, uniquelocal');

const databaseUrlSchema = z.string().refine((text) => /^postgres(ql)?:$/.test(parsed(text)?.protocol ?? ''), 'an address that begins with postgresql://');

const publicUrlSchema = z.string()
  .refine((text) => {
    const url = parsed(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  }, 'an address such as https://parley.example, without a path')
  .transform((text) => new URL(text).origin);

/** A range that holds every address would believe everybody. */
function areProxies(proxies: readonly string[]): boolean {
  try {
    proxyaddr.compile([...proxies]);
    return proxies.every((proxy) => /^(loopback|linklocal|uniquelocal)$/.test(proxy) || (isIP(proxy.replace(/\/.*/, '')) !== 0 && !/\/0+$/.test(proxy)));
  } catch {
    return false;
  }
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Passwords and words in the clear on a network are refused unless asked for by name. */
function insecure(config: Config, faults: readonly string[]): string[] {
  if (config.insecureHttp || faults.some((fault) => /^(PUBLIC_URL|HOST)/.test(fault))) return [];
  const url = new URL(addressOf(config, config.port));
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return [];
  const name = config.publicUrl === null ? 'HOST' : 'PUBLIC_URL';
  return [`${name}: plain http on ${url.hostname} can be read on the way: put https before it and set PUBLIC_URL, or set INSECURE_HTTP=on`];
}

/** The address people use, once the port is known. */
export function addressOf(config: Config, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const everywhere = config.host === null || config.host === '0.0.0.0' || config.host === '::' || isLoopback(config.host);
  const host = everywhere ? 'localhost' : config.host!.includes(':') ? `[${config.host}]` : config.host;
  return new URL(`http://${host}:${port}`).origin;
}

/** True for names of this very machine: browsers trust them without https. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
