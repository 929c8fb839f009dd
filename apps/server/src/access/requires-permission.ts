import { type CanActivate, type ExecutionContext, Injectable, SetMetadata, type Type } from '@nestjs/common';
import { PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Action, may } from '@parley/negotiation';
import { SEAT_HEADER } from '@parley/protocol';
import type { Request } from 'express';
import { type WorkingGroup, WorkingGroups } from '../groups/working-groups.ts';
import { AccountStore } from './account.store.ts';
import { Checked } from './body.ts';
import { groupInPath } from './group-in-path.ts';
import { isMember } from './group-access.ts';
import { RequestRefused } from './request-refused.ts';
import { Sessions } from './sessions.ts';
import { whenBack } from '../limits/when-back.ts';

/**
 * What a route asks of the one who calls it: nothing; to be signed in; to administer the installation; a place in the group that the path names; or that the role in it may do this at all.
 * For whoever has no place in a group there is none.
 */
export type Permission = Action | 'public' | 'signedIn' | 'administer' | 'member';

const PERMISSION = 'parley:permission';

/**
 * Every route carries one; without it Parley does not start. An action is checked by the role alone here: whether it may be done to *that*, now, is decided
 * where it is done. Name only actions that need nothing but the group to be checked.
 */
export const RequiresPermission = (asked: Permission) => SetMetadata(PERMISSION, asked);

/** Stands before every route of every controller. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly groups: WorkingGroups, private readonly accounts: AccountStore, private readonly sessions: Sessions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const asked = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, [context.getHandler(), context.getClass()]);
    if (asked === undefined) throw new Error('a route without @RequiresPermission was reached');
    const request = context.switchToHttp().getRequest<Request>();
    const user = asked === 'public' ? null : await this.seatOf(request);
    const group = request.workingGroup = this.named(request);
    if (user !== null && asked !== 'signedIn') await this.check(user, group, asked);
    return true;
  }

  /** It has been opened before, for whoever may have anything to do with it (`servedHere`). */
  private named({ originalUrl }: Request): WorkingGroup | null {
    const named = groupInPath(originalUrl);
    return named && (this.groups.here(named.id) ?? null);
  }

  /** The page names the seat it was loaded for. The cookie may meanwhile be another person's, whose words it must not be shown. */
  private async seatOf(request: Request): Promise<string> {
    const { user } = request.session;
    if (user === undefined) throw new RequestRefused('signed-out');
    if (request.get(SEAT_HEADER) === user) {
      if (request.method !== 'GET') await this.stillSignedIn(request);
      return user;
    }
    const account = await this.accounts.byId(user);
    throw new RequestRefused('seat-changed', undefined, account?.displayName ?? user);
  }

  /** The session was read when the request began, and its body may have taken a minute to come. Reading alone keeps no session alive: a page that nobody looks at reads too. */
  private async stillSignedIn({ sessionID }: Request): Promise<void> {
    if (!(await whenBack(() => this.sessions.stands(sessionID)))) throw new RequestRefused('signed-out');
    this.sessions.seen(sessionID);
  }

  private async check(user: string, group: WorkingGroup | null, asked: Permission): Promise<void> {
    if (asked === 'administer') return this.mustAdminister(user);
    if (!group || !isMember(group, user)) throw new RequestRefused('not-found');
    if (asked === 'member') return;
    const actor = group.rooms.actorOf(user), verdict = actor && may(actor, asked as Action, { group: group.rooms.group() });
    if (!verdict) throw new RequestRefused('not-found');
    if (!verdict.ok) throw new RequestRefused(verdict.reason);
  }

  private async mustAdminister(user: string): Promise<void> {
    const account = await this.accounts.byId(user);
    if (!account?.administrator || account.disabledAt !== null) throw new RequestRefused('role-forbids');
  }
}

/** Parts of a request that a route may take only through a schema. */
const CHECKED: readonly number[] = [RouteParamtypes.BODY, RouteParamtypes.QUERY, RouteParamtypes.PARAM];
/** And parts that none takes. */
const NEVER: readonly number[] = [RouteParamtypes.HEADERS, RouteParamtypes.SESSION, RouteParamtypes.FILE, RouteParamtypes.FILES, RouteParamtypes.HOST, RouteParamtypes.RAW_BODY, RouteParamtypes.COOKIES, RouteParamtypes.SIGNED_COOKIES];

interface Argument { readonly pipes?: readonly unknown[] }
interface Handler { readonly name: string; readonly target: Type; readonly prototype: Record<string, () => unknown>; readonly method: string }

/** One table: route → schema of everything it reads → policy line. A route without its row is found before anybody can call it. */
@Injectable()
export class RouteCheck {
  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner, private readonly reflector: Reflector) {}

  /** Throws with every route that does not say whom it is for, or that reads something past a schema. Called before listening. */
  everyRouteHasItsRow(): void {
    const handlers = this.handlers();
    const silent = handlers.filter(({ prototype, method, target }) => this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, [prototype[method]!, target]) === undefined);
    if (silent.length > 0) throw new Error(`these routes do not say whom they are for, with @RequiresPermission: ${named(silent)}`);
    const open = handlers.filter(readsUnchecked);
    if (open.length > 0) throw new Error(`these routes read something without a schema, which @Body, @Param and @Query of body.ts take: ${named(open)}`);
  }

  private handlers(): Handler[] {
    return this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (!metatype || !instance) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner.getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata(PATH_METADATA, prototype[method]!))
        .map((method) => ({ name: `${metatype.name}.${method}`, target: metatype as Type, prototype, method }));
    });
  }
}

function readsUnchecked({ target, method }: Handler): boolean {
  const read = Object.entries((Reflect.getMetadata(ROUTE_ARGS_METADATA, target, method) ?? {}) as Record<string, Argument>);
  return read.some(([key, { pipes }]) => {
    const kind = Number(key.split(':')[0]);
    return NEVER.includes(kind) || (CHECKED.includes(kind) && !pipes?.some((pipe) => pipe instanceof Checked));
  });
}

const named = (handlers: readonly Handler[]): string => handlers.map(({ name }) => name).join(', ');
