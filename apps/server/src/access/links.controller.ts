import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { type Keys, type LinkView, lookAtLinkSchema, type OpenLink, openLinkSchema, type Recover, recoverSchema } from '@parley/protocol';
import type { Request } from 'express';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { RequiresPermission } from './requires-permission.ts';
import { Body } from './body.ts';
import { ClientAddresses } from './client-address.ts';
import { type Begun, Links } from './links.ts';
import { RequestRefused } from './request-refused.ts';
import { SignIn } from './sign-in.ts';
import { LoginThrottle } from './login-throttle.ts';
import { User } from './user.decorator.ts';
import { Group } from './working-group.decorator.ts';

interface Secret { readonly secret: string }

/** For whoever holds a one-time link or a recovery code. Secrets come in bodies: addresses are logged. */
@Controller('api')
export class LinksController {
  constructor(private readonly links: Links, private readonly signIn: SignIn, private readonly throttle: LoginThrottle, private readonly addresses: ClientAddresses) {}

  @Post('groups/:group/links/look')
  @HttpCode(200)
  @RequiresPermission('public')
  look(@Group() group: WorkingGroup | null, @Body(lookAtLinkSchema) { secret }: Secret): Promise<LinkView> {
    return this.links.look(group, secret);
  }

  @Post('groups/:group/links/open')
  @HttpCode(200)
  @RequiresPermission('public')
  async open(@Group() group: WorkingGroup | null, @Body(openLinkSchema) wish: OpenLink, @Req() request: Request): Promise<Keys> {
    return this.begin(await this.links.open(group, wish), request);
  }

  @Post('groups/:group/links/take')
  @HttpCode(204)
  @RequiresPermission('signedIn')
  take(@Group() group: WorkingGroup | null, @Body(lookAtLinkSchema) { secret }: Secret, @User() user: string): Promise<void> {
    return this.links.take(group, secret, user);
  }

  /** For links whose address names no group: they were made when there was one. */
  @Post('links/group')
  @HttpCode(200)
  @RequiresPermission('public')
  async groupOf(@Body(lookAtLinkSchema) { secret }: Secret): Promise<{ group: string }> {
    return { group: await this.links.groupOf(secret) };
  }

  /** Wrong codes are answered as late as wrong passwords are. */
  @Post('recovery')
  @HttpCode(200)
  @RequiresPermission('public')
  async recover(@Body(recoverSchema) wish: Recover, @Req() request: Request): Promise<Keys> {
    const address = this.addresses.networkOf(request), counted = { name: `recovery ${address}`, address };
    const begun = await this.links.recover(wish).catch(async (error: unknown) => {
      if (error instanceof RequestRefused && error.refusal === 'wrong-recovery') await this.throttle.failed(counted);
      throw error;
    });
    this.throttle.succeeded(counted);
    return this.begin(begun, request);
  }

  private async begin({ account, keys }: Begun, request: Request): Promise<Keys> {
    await this.signIn.enter(request, account);
    return keys;
  }
}
