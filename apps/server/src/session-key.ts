import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config.ts';

/** The key that session cookies are signed with: the one that was set, else one made at the first start and kept where only this account reads it. */
export function sessionKey(config: Config, directory: string | null): string {
  if (config.sessionKey !== null) return config.sessionKey;
  const folder = directory ?? path.resolve(config.data);
  const file = path.join(folder, 'session-key');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!there) throw new Error(`no session key can be kept in ${folder}: set SESSION_KEY or a PARLEY_DATA that can be written`, { cause: error });
  }
  return readFileSync(file, 'utf8').trim();
}
