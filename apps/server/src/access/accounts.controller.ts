import { randomBytes } from 'node:crypto';
import { Controller, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { type GroupAct, own } from '@parley/negotiation';
import { idSchema, type Keys, ownPasswordSchema, passwordSchema, writeAct } from '@parley/protocol';
import type { Request } from 'express';
import { z } from 'zod';
import { log } from '../log.ts';
import { Rooms } from '../rooms/rooms.ts';
import { type Account, AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { Asks } from './asks.ts';
import { Body, Param } from './body.ts';
import { newRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { RefusedError } from './refused.ts';
import { Seats } from './seats.ts';
import { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { Turns } from './turns.ts';
import { User } from './user.decorator.ts';

const passwordChangeSchema = z.strictObject({ current: z.string().max(256).optional(), password: passwordSchema });
type PasswordChange = z.infer<typeof passwordChangeSchema>;
interface Present { readonly password: string }

/** What owners do with their accounts, each with the present password. Nobody does it for another. */
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly store: AccountStore, private readonly accounts: Accounts, private readonly seats: Seats, private readonly rooms: Rooms,
    private readonly signIn: SignIn, private readonly sessions: Sessions, private readonly turns: Turns,
  ) {}

  @Patch(':user/password')
  @HttpCode(204)
  @Asks('signedIn')
  async changePassword(
    @Param('user', idSchema) whose: string, @Body(passwordChangeSchema) change: PasswordChange, @User() user: string, @Req() request: Request,
  ): Promise<void> {
    const account = await this.confirm(whose, user, change.current), passwordHash = await this.accounts.hashOf(change.password, account);
    await this.turns.next(async () => {
      await this.signIn.mustStand(account);
      await this.store.setPassword(whose, passwordHash);
      await this.sessions.renew(request);
      await this.sessions.endAllOf(whose, request.sessionID);
    });
    log.info('password changed', { user: whose });
  }

  /** A new recovery code, in the place of the former. Not while the seat sleeps: it would be the reset's holder who got it. */
  @Post(':user/recovery')
  @HttpCode(200)
  @Asks('signedIn')
  async renewCode(@Param('user', idSchema) whose: string, @Body(ownPasswordSchema) { password }: Present, @User() user: string): Promise<Keys> {
    const account = await this.confirm(whose, user, password), { userName } = account;
    return this.turns.next(async () => {
      await this.signIn.mustStand(account);
      if (this.seats.sleeps(user)) throw new RefusedError('seat-sleeps');
      const recoveryCode = newRecoveryCode();
      await this.store.setRecovery(user, recoveryHashOf(recoveryCode), null);
      log.info('recovery code renewed', { user });
      return { userName, recoveryCode };
    });
  }

  /** Ends the account for good, and first its seat, which the rules may refuse. */
  @Post(':user/close')
  @HttpCode(204)
  @Asks('signedIn')
  async close(@Param('user', idSchema) whose: string, @Body(ownPasswordSchema) { password }: Present, @User() user: string): Promise<void> {
    const account = await this.confirm(whose, user, password);
    await this.turns.next(async () => {
      await this.signIn.mustStand(account);
      await this.endSeat(user);
      await this.store.disable(user);
      await this.sessions.endAllOf(user);
    });
    log.info('account closed', { user });
  }

  private async endSeat(user: string): Promise<void> {
    const { seats, proposed } = this.rooms.group();
    const act: GroupAct = { v: 1, id: `close-${randomBytes(12).toString('hex')}`, t: 'remove', user };
    const done = own(seats, user) ? await this.rooms.performOnGroup(user, writeAct(act, randomBytes(16).toString('hex')))
      : own(proposed, user) ? await this.rooms.performByServer({ t: 'declineSeat', user }) : null;
    if (done && !done.ok) throw new RefusedError(done.reason);
  }

  private async confirm(whose: string, user: string, current = ''): Promise<Account> {
    const account = await this.store.byId(user);
    if (!account) throw new RefusedError('signed-out');
    if (whose !== user) throw new RefusedError('role-forbids');
    await this.signIn.confirm(account, current);
    return account;
  }
}
