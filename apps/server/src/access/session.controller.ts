import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { demoSignInSchema, idSchema, type Keys, type OwnSession, type SessionView, type SetUp, setUpSchema, signInSchema } from '@parley/protocol';
import type { Request, Response } from 'express';
import { logger } from '../logger.ts';
import { AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { RequiresPermission } from './requires-permission.ts';
import { Body, Param } from './body.ts';
import { Demo } from './demo.ts';
import { MembershipStore } from '../record/membership.store.ts';
import { RequestRefused } from './request-refused.ts';
import { Sessions } from './sessions.ts';
import { FirstRun } from './set-up.ts';
import { SignIn } from './sign-in.ts';
import { User } from './user.decorator.ts';

@Controller('api')
export class SessionController {
  constructor(
    private readonly sessions: Sessions, private readonly signIn: SignIn, private readonly store: AccountStore, private readonly accounts: Accounts,
    private readonly memberships: MembershipStore, private readonly demo: Demo, private readonly firstRun: FirstRun,
  ) {}

  @Get('session')
  @RequiresPermission('public')
  async who(@Req() request: Request): Promise<SessionView> {
    const { user } = request.session;
    const account = user === undefined ? null : await this.store.byId(user);
    return {
      person: account && { user: account.id, name: account.displayName }, administrator: account?.administrator ?? false, userName: account?.userName ?? null,
      places: account ? (await this.memberships.of(account.id)).map(({ user: _user, ...place }) => place) : [],
      setUpNeeded: !this.demo.on && await this.firstRun.needed(), cast: await this.accounts.cast(),
    };
  }

  @Post('session')
  @HttpCode(200)
  @RequiresPermission('public')
  async begin(@Body(signInSchema) _words: unknown, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionView> {
    const account = await this.signIn.byPassword(request, response);
    await this.signIn.enter(request, account);
    return this.who(request);
  }

  @Post('session/demo')
  @HttpCode(200)
  @RequiresPermission('public')
  async beginDemo(@Body(demoSignInSchema) { user }: { user: string }, @Req() request: Request): Promise<SessionView> {
    const account = this.demo.on ? await this.store.byId(user) : null;
    if (!account || !this.demo.casts(account)) throw new RequestRefused('not-found');
    await this.sessions.begin(request, account.id, { shared: true });
    return this.who(request);
  }

  /** A visible page says that somebody is there; being asked is what keeps the session (requires-permission.ts). */
  @Post('session/here')
  @HttpCode(204)
  @RequiresPermission('signedIn')
  here(): void {
    return undefined;
  }

  @Delete('session')
  @HttpCode(204)
  @RequiresPermission('signedIn')
  async end(@Req() request: Request): Promise<void> {
    logger.info('signed out', { user: request.session.user ?? null });
    await this.sessions.end(request);
  }

  /** The people of a demo, whom everybody shares, see their own visit alone. */
  @Get('sessions')
  @RequiresPermission('signedIn')
  async list(@User() user: string, @Req() request: Request): Promise<OwnSession[]> {
    const all = await this.sessions.listOf(user, request.sessionID), account = await this.store.byId(user);
    return account && this.demo.casts(account) ? all.filter(({ own }) => own) : all;
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @RequiresPermission('signedIn')
  async endOne(@Param('id', idSchema) id: string, @User() user: string, @Req() request: Request): Promise<void> {
    const shown = await this.list(user, request);
    if (!shown.some((session) => session.id === id) || !(await this.sessions.endOne(user, id))) throw new RequestRefused('not-found');
    logger.info('session ended', { user });
  }

  @Post('setup')
  @HttpCode(200)
  @RequiresPermission('public')
  async setUp(@Body(setUpSchema) wanted: SetUp, @Req() request: Request): Promise<Keys> {
    if (this.demo.on) throw new RequestRefused('set-up-done');
    const { account, keys } = await this.firstRun.perform(wanted);
    await this.sessions.begin(request, account.id);
    return keys;
  }
}
