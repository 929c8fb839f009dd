import { Controller, HttpCode, Post } from '@nestjs/common';
import { displayNameSchema, passwordSchema, userNameSchema } from '@parley/protocol';
import { z } from 'zod';
import { AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { RequiresPermission } from './requires-permission.ts';
import { Body } from './body.ts';
import { Demo } from './demo.ts';
import { RequestRefused } from './request-refused.ts';

const castSchema = z.strictObject({
  key: z.string().max(100),
  accounts: z.array(z.strictObject({ userName: userNameSchema, displayName: displayNameSchema, password: passwordSchema.optional() })).min(1).max(50),
});
type Cast = z.infer<typeof castSchema>;
const keySchema = castSchema.pick({ key: true });

@Controller('api/demo')
export class DemoController {
  constructor(private readonly demo: Demo, private readonly store: AccountStore, private readonly accounts: Accounts) {}

  /** Makes the demo's people; the very first of all is the administrator. Only for the process that fills an empty group, by the key it was given. */
  @Post('accounts')
  @RequiresPermission('public')
  async make(@Body(castSchema) cast: Cast): Promise<{ user: string }[]> {
    if (!this.demo.isFilledBy(cast.key)) throw new RequestRefused('not-found');
    const made: { user: string }[] = [];
    for (const wanted of cast.accounts) made.push({ user: await this.member(wanted) });
    return made;
  }

  /** Lets what was typed rest: only for the process that fills an empty group. */
  @Post('rest')
  @HttpCode(204)
  @RequiresPermission('public')
  rest(@Body(keySchema) { key }: { key: string }): void {
    if (!this.demo.isFilledBy(key)) throw new RequestRefused('not-found');
    this.demo.rest();
  }

  /** The account may be there already, from a filling that broke off before it was of use. */
  private async member(wanted: Cast['accounts'][number]): Promise<string> {
    const former = await this.store.byUserName(wanted.userName);
    if (former && this.demo.casts(former)) return former.id;
    const administrator = (await this.store.count()) === 0;
    return (await this.accounts.create(wanted, { administrator, demo: true })).id;
  }
}
