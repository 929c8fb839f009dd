import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Action, may } from '@parley/negotiation';
import { SEAT_HEADER } from '@parley/protocol';
import type { Request } from 'express';
import { Rooms } from '../rooms/rooms.ts';
import { AccountStore } from './account.store.ts';
import { RefusedError } from './refused.ts';
import { Seats } from './seats.ts';

/** What a route asks of the one who calls it: nothing, to be signed in, or that the role may do this at all. */
export type Asked = Action | 'public' | 'signedIn';

const ASKS = 'parley:asks';

/**
 * Every route carries one; without it Parley does not start. An action is judged by the role alone here: whether it may be done to *that*, now, is judged
 * where it is done. Name only actions that need nothing but the group to be judged.
 */
export const Asks = (asked: Asked) => SetMetadata(ASKS, asked);

/** Stands before every route of every controller. */
@Injectable()
export class AsksGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly rooms: Rooms, private readonly seats: Seats, private readonly accounts: AccountStore) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const asked = this.reflector.getAllAndOverride<Asked | undefined>(ASKS, [context.getHandler(), context.getClass()]);
    if (asked === undefined) throw new Error('a route without @Asks was reached');
    if (asked === 'public') return true;
    const user = await this.seatOf(context.switchToHttp().getRequest<Request>());
    if (asked !== 'signedIn') await this.judge(user, asked);
    return true;
  }

  /** The page names the seat it was loaded for. The cookie may meanwhile be another person's, whose words it must not be shown. */
  private async seatOf(request: Request): Promise<string> {
    const { user } = request.session;
    if (user === undefined) throw new RefusedError('signed-out');
    if (request.get(SEAT_HEADER) === user) return user;
    const account = await this.accounts.byId(user);
    throw new RefusedError('seat-changed', undefined, account?.displayName ?? user);
  }

  private async judge(user: string, action: Action): Promise<void> {
    const actor = await this.seats.actorOf(user);
    const verdict = actor && may(actor, action, { group: this.rooms.group() });
    if (!verdict) throw new RefusedError('role-forbids');
    if (!verdict.ok) throw new RefusedError(verdict.reason);
  }
}

/** Finds the routes that say nothing of who may call them. */
@Injectable()
export class RouteCheck {
  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner, private readonly reflector: Reflector) {}

  /** Throws with every such route. Called before listening. */
  everyRouteAsks(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (!metatype || !instance) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner.getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name]!))
        .filter((name) => this.reflector.getAllAndOverride<Asked | undefined>(ASKS, [prototype[name]!, metatype]) === undefined)
        .map((name) => `${metatype.name}.${name}`);
    });
    if (silent.length > 0) throw new Error(`these routes do not say whom they are for, with @Asks: ${silent.join(', ')}`);
  }
}
