import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { logger } from '../logger.ts';
import { type Account, AccountStore, foldUserName } from './account.store.ts';
import { ClientAddresses } from './client-address.ts';
import type { QueuePlace } from '../limits/fair-queue.ts';
import { TrustedDevices } from './trusted-devices.ts';
import { Passwords } from './passwords.ts';
import { RequestRefused } from './request-refused.ts';
import { Sessions } from './sessions.ts';
import { LoginThrottle } from './login-throttle.ts';

/** Who somebody is, by user name and password. The session is begun elsewhere: passport only checks. */
@Injectable()
export class SignIn {
  private readonly passport = new passport.Authenticator();

  constructor(
    private readonly accounts: AccountStore, private readonly passwords: Passwords, private readonly throttle: LoginThrottle, private readonly known: TrustedDevices, private readonly addresses: ClientAddresses, private readonly sessions: Sessions,
  ) {
    this.passport.use(new Strategy({ usernameField: 'userName', passwordField: 'password', session: false, passReqToCallback: true }, (request, userName, password, done) => {
      this.verified(request, userName, password).then((account) => done(null, account ?? false), done);
    }));
  }

  /** The account behind the user name and password in the body. Refuses an unknown name, a wrong password and a closed account alike; `busy` counts as no try. */
  async byPassword(request: Request, response: Response): Promise<Account> {
    const userName = foldUserName((request.body as { userName: string }).userName);
    const from = this.addresses.networkOf(request), browser = this.known.nameOf(request, userName);
    const counted = browser === null ? { name: `${userName} ${from}`, address: from } : { name: `${userName} ${browser}` };
    const account = await this.ask(request, response).catch(async (error: unknown) => {
      // Whoever fills the queue by many attempts at once would otherwise come again at once, and nobody else's attempt would ever be drawn.
      if (error instanceof RequestRefused && error.refusal === 'busy') await this.throttle.unanswered(counted);
      throw error;
    });
    logger.info(account ? 'signed in' : 'sign-in refused', account ? { user: account.id, from } : { from, known: browser !== null });
    if (!account) {
      await this.throttle.failed(counted);
      throw new RequestRefused('wrong-password');
    }
    this.throttle.succeeded(counted);
    this.known.remember(response, userName);
    return account;
  }

  /**
   * Begins a session of somebody whose password was right, or was just chosen. Comparing takes its time, and a reset or a new password may have come meanwhile: that ends the sessions
   * there are, and this one looks for itself once it is there. Refused as a wrong password is.
   */
  async enter(request: Request, account: Account): Promise<void> {
    await this.sessions.begin(request, account.id);
    if (await this.isCurrent(account)) return;
    await this.sessions.end(request);
    throw new RequestRefused('wrong-password');
  }

  /** Refuses what was asked with a password that is no longer the account's. Asked in turn with what changes accounts. */
  async mustStand(account: Account): Promise<void> {
    if (!await this.isCurrent(account)) throw new RequestRefused('signed-out');
  }

  private async isCurrent({ id, passwordHash }: Account): Promise<boolean> {
    const now = await this.accounts.byId(id);
    return now !== null && now.disabledAt === null && now.passwordHash === passwordHash;
  }

  /** Whether `password` is the user's own; a wrong one is answered as late as in signing in. */
  async confirm(account: Account, password: string): Promise<void> {
    const counted = { name: `confirm ${account.id}` };
    if (await this.passwords.matches(password, account.passwordHash, { lane: `confirm ${account.id}`, name: '', known: true })) return this.throttle.succeeded(counted);
    logger.warn('password not confirmed', { user: account.id });
    await this.throttle.failed(counted);
    throw new RequestRefused('wrong-password');
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

  private async verified(request: Request, userName: string, password: string): Promise<Account | null> {
    const account = await this.accounts.byUserName(userName);
    const hash = account?.disabledAt === null ? account.passwordHash : null;
    return await this.passwords.matches(password, hash, this.placeOf(request, foldUserName(userName))) ? account : null;
  }

  /** A browser that knows the person waits in a lane of that person's own: strangers at the same address do not stand before it. */
  private placeOf(request: Request, userName: string): QueuePlace {
    const browser = this.known.nameOf(request, userName);
    return browser === null ? { lane: this.addresses.networkOf(request), name: userName, known: false } : { lane: userName, name: browser, known: true };
  }
}
