import { randomBytes } from 'node:crypto';
import { Controller, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { type GroupAct, may, own, seatOf } from '@parley/negotiation';
import { idSchema, type Keys, ownPasswordSchema, passwordSchema, resetSchema, writeAct } from '@parley/protocol';
import type { Request } from 'express';
import { z } from 'zod';
import { logger } from '../logger.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { type Account, AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { RequiresPermission } from './requires-permission.ts';
import { Body, Param } from './body.ts';
import { GroupAccess } from './group-access.ts';
import { newRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { mustBeDone, RequestRefused } from './request-refused.ts';
import { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { Mutex } from './mutex.ts';
import { User } from './user.decorator.ts';

const passwordChangeSchema = z.strictObject({ current: z.string().max(256).optional(), password: passwordSchema });
type PasswordChange = z.infer<typeof passwordChangeSchema>;
interface Present { readonly password: string }

interface Reset { readonly link: string }

/** What owners do with their accounts, each with the present password. Nobody does it for another; an administrator of the installation resets others'. */
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly store: AccountStore, private readonly accounts: Accounts, private readonly groupAccess: GroupAccess,
    private readonly signIn: SignIn, private readonly sessions: Sessions, private readonly commits: Mutex,
  ) {}

  @Patch(':user/password')
  @HttpCode(204)
  @RequiresPermission('signedIn')
  async changePassword(
    @Param('user', idSchema) whose: string, @Body(passwordChangeSchema) change: PasswordChange, @User() user: string, @Req() request: Request,
  ): Promise<void> {
    const account = await this.confirm(whose, user, change.current), passwordHash = await this.accounts.hashOf(change.password, account, this.groupAccess.known(whose));
    await this.commits.run(async () => {
      await this.signIn.mustStand(account);
      await this.store.setPassword(whose, passwordHash);
      await this.sessions.renew(request);
      await this.sessions.endAllOf(whose, request.sessionID);
    });
    logger.info('password changed', { user: whose });
  }

  /** A new recovery code, in the place of the former. Not while the seat sleeps: it would be the reset's holder who got it. */
  @Post(':user/recovery')
  @HttpCode(200)
  @RequiresPermission('signedIn')
  async renewCode(@Param('user', idSchema) whose: string, @Body(ownPasswordSchema) { password }: Present, @User() user: string): Promise<Keys> {
    const account = await this.confirm(whose, user, password), { userName } = account;
    return this.commits.run(async () => {
      await this.signIn.mustStand(account);
      if (await this.groupAccess.sleeps(user)) throw new RequestRefused('seat-sleeps');
      const recoveryCode = newRecoveryCode();
      await this.store.setRecovery(user, recoveryHashOf(recoveryCode), null);
      logger.info('recovery code renewed', { user });
      return { userName, recoveryCode };
    });
  }

  /** Stands in every group in which the account sits before it works; what is only proposed for it is not given to whoever opens the link. Asked again with the same link, it goes on where it broke off. */
  @Post(':user/reset')
  @HttpCode(204)
  @RequiresPermission('administer')
  async reset(@Param('user', idSchema) whose: string, @Body(resetSchema) { link }: Reset, @User() user: string): Promise<void> {
    await this.commits.run(async () => {
      const groups = await this.groupAccess.of(whose), seated = groups.filter(({ rooms }) => seatOf(rooms.group(), whose));
      if (whose === user) throw new RequestRefused('own-seat');
      if (seated.length === 0) throw new RequestRefused('not-seated');
      for (const { rooms } of groups.filter((group) => !seated.includes(group))) mustBeDone(await rooms.performByServer({ t: 'declineSeat', user: whose }));
      const missing = seated.filter(({ rooms }) => own(rooms.group().asleep, whose)?.link !== link);
      for (const { rooms } of missing) mustBeDone(await rooms.performByAdministrator(user, { t: 'resetAccount', user: whose, link }));
    });
    // It is carried out in turn, after the entry that was the last.
    await this.commits.run(async () => undefined);
  }

  /** Ends the account for good, and first its seats, which the rules may refuse: then none ends. */
  @Post(':user/close')
  @HttpCode(204)
  @RequiresPermission('signedIn')
  async close(@Param('user', idSchema) whose: string, @Body(ownPasswordSchema) { password }: Present, @User() user: string): Promise<void> {
    const account = await this.confirm(whose, user, password);
    await this.commits.run(async () => {
      await this.signIn.mustStand(account);
      await this.endSeats(user, await this.groupAccess.of(user));
      await this.store.disable(user);
      await this.sessions.endAllOf(user);
    });
    logger.info('account closed', { user });
  }

  private async endSeats(user: string, groups: readonly WorkingGroup[]): Promise<void> {
    for (const { rooms } of groups) {
      const group = rooms.group(), seat = seatOf(group, user), verdict = seat && may(seat, 'remove', { group, user });
      if (verdict && !verdict.ok) throw new RequestRefused(verdict.reason);
    }
    for (const { rooms } of groups) {
      const act: GroupAct = { v: 1, id: `close-${randomBytes(12).toString('hex')}`, t: 'remove', user };
      mustBeDone(seatOf(rooms.group(), user) ? await rooms.performOnGroup(user, writeAct(act, randomBytes(16).toString('hex'))) : await rooms.performByServer({ t: 'declineSeat', user }));
    }
  }

  private async confirm(whose: string, user: string, current = ''): Promise<Account> {
    const account = await this.store.byId(user);
    if (!account) throw new RequestRefused('signed-out');
    if (whose !== user) throw new RequestRefused('role-forbids');
    await this.signIn.confirm(account, current);
    return account;
  }
}
