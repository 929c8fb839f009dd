import { Controller, Get, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { may } from '@parley/negotiation';
import { type AccountView, idSchema, type NewAccount, newAccountSchema, passwordSchema } from '@parley/protocol';
import type { Request } from 'express';
import { z } from 'zod';
import { log } from '../log.ts';
import { Rooms } from '../rooms/rooms.ts';
import { AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { Asks } from './asks.ts';
import { Body, Param } from './body.ts';
import { RefusedError } from './refused.ts';
import { Seats } from './seats.ts';
import { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { User } from './user.decorator.ts';

/** The own password changes with the present one; an administrator gives others a new one. */
const passwordChangeSchema = z.strictObject({ current: z.string().max(256).optional(), password: passwordSchema });
type PasswordChange = z.infer<typeof passwordChangeSchema>;

@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly store: AccountStore, private readonly accounts: Accounts, private readonly seats: Seats, private readonly rooms: Rooms,
    private readonly signIn: SignIn, private readonly sessions: Sessions,
  ) {}

  @Get()
  @Asks('listCandidates')
  async list(@User() user: string): Promise<AccountView[]> {
    const actor = await this.seats.actorOf(user);
    return actor ? this.accounts.shownTo(actor) : [];
  }

  @Post()
  @Asks('manageAccounts')
  async create(@Body(newAccountSchema) wanted: NewAccount, @User() user: string): Promise<AccountView> {
    const account = await this.accounts.create(wanted);
    log.info('account made', { user: account.id, by: user });
    return this.accounts.view(account);
  }

  @Patch(':user/password')
  @HttpCode(204)
  @Asks('signedIn')
  async changePassword(
    @Param('user', idSchema) whose: string, @Body(passwordChangeSchema) change: PasswordChange, @User() user: string, @Req() request: Request,
  ): Promise<void> {
    if (whose === user) await this.confirm(user, change.current);
    else await this.mayReset(user);
    await this.accounts.setPassword(whose, change.password);
    if (whose === user) await this.sessions.renew(request);
    await this.sessions.endAllOf(whose, request.sessionID);
    log.info('password changed', { user: whose, by: user });
  }

  private async confirm(user: string, current = ''): Promise<void> {
    const account = await this.store.byId(user);
    if (!account) throw new RefusedError('signed-out');
    await this.signIn.confirm(account, current);
  }

  private async mayReset(user: string): Promise<void> {
    const actor = await this.seats.actorOf(user);
    const verdict = actor && may(actor, 'manageAccounts', { group: this.rooms.group() });
    if (!verdict?.ok) throw new RefusedError('role-forbids');
  }
}
