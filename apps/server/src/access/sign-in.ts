import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { log } from '../log.ts';
import { type Account, AccountStore } from './account.store.ts';
import { KnownBrowsers } from './known-browsers.ts';
import { Passwords } from './passwords.ts';
import { RefusedError } from './refused.ts';
import { Tries } from './tries.ts';

/** Who somebody is, by user name and password. The session is begun elsewhere: passport only judges. */
@Injectable()
export class SignIn {
  private readonly passport = new passport.Authenticator();

  constructor(
    private readonly accounts: AccountStore, private readonly passwords: Passwords, private readonly tries: Tries, private readonly known: KnownBrowsers,
  ) {
    this.passport.use(new Strategy({ usernameField: 'userName', passwordField: 'password', session: false }, (userName, password, done) => {
      this.judge(userName, password).then((account) => done(null, account ?? false), done);
    }));
  }

  /** The account behind the user name and password in the body. Refuses an unknown name, a wrong password and a closed account alike. */
  async byPassword(request: Request, response: Response): Promise<Account> {
    const userName = (request.body as { userName: string }).userName.trim().toLowerCase();
    const from = networkOf(request.socket.remoteAddress ?? '');
    const key = `${userName} ${this.known.nameOf(request, userName) ?? from}`;
    this.countTry(key);
    const account = await this.ask(request, response);
    log.info(account ? 'signed in' : 'sign-in refused', account ? { user: account.id, from } : { from });
    if (!account) throw new RefusedError('wrong-password');
    this.tries.forget(key);
    this.known.remember(response, userName);
    return account;
  }

  /** Whether `password` is the user's own; wrong ones count as tries to sign in do. */
  async confirm(account: Account, password: string): Promise<void> {
    const key = `confirm ${account.id}`;
    this.countTry(key);
    if (!(await this.passwords.matches(password, account.passwordHash))) throw new RefusedError('wrong-password');
    this.tries.forget(key);
  }

  private countTry(key: string): void {
    const wait = this.tries.take(key);
    if (wait > 0) throw new RefusedError('too-many-tries', undefined, undefined, wait);
  }

  private ask(request: Request, response: Response): Promise<Account | null> {
    return new Promise((resolve, reject) => {
      const handler = this.passport.authenticate('local', { session: false }, (error: unknown, account: Account | false) => {
        if (error) reject(error);
        else resolve(account || null);
      }) as (request: Request, response: Response, next: (error?: unknown) => void) => void;
      handler(request, response, reject);
    });
  }

  private async judge(userName: string, password: string): Promise<Account | null> {
    const account = await this.accounts.byUserName(userName.trim());
    const open = account !== null && account.disabledAt === null;
    const right = await this.passwords.matches(password, open ? account.passwordHash : null);
    return open && right ? account : null;
  }
}

/** Whoever has one address of IPv6 has 2^64 of them; an address of IPv4 may come in either notation. */
export function networkOf(address: string): string {
  const v4 = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(v4)) return v4;
  const [head = '', tail] = v4.split('%')[0]!.split('::') as [string?, string?];
  const before = head === '' ? [] : head.split(':'), after = !tail ? [] : tail.split(':');
  const groups = tail === undefined ? before : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
