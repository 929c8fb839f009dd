import { randomUUID } from 'node:crypto';
import type { GroupAct, Role } from '@parley/negotiation';
import { type Keys, linkOf, writeAct } from '@parley/protocol';
import { PageLike } from './browser-like.ts';
import { PASSWORD } from './cast.ts';
import { GROUP } from './group.ts';
import type { outerServer } from './outer-server.ts';
import { newSecret } from './person.ts';

type Server = Awaited<ReturnType<typeof outerServer>>;
type Loose<A> = A extends unknown ? Omit<A, 'v' | 'id'> : never;

/** An act on the group of a server whose rooms are set by hand: `done`, or why not. */
export async function onGroup(server: Server, user: string, act: Loose<GroupAct>): Promise<string> {
  const done = await server.rooms.performOnGroup(user, writeAct({ v: 1, id: randomUUID(), ...act } as GroupAct, '0'.repeat(32)));
  return done.ok ? 'done' : done.reason;
}

/** A one-time link of `by` to a seat; its secret. */
export async function invitation(server: Server, by: string, role: Role, delegation?: string): Promise<string> {
  const secret = newSecret();
  const done = await onGroup(server, by, { t: 'invite', link: linkOf(secret), role, ...(delegation !== undefined && { delegation }) });
  if (done !== 'done') throw new Error(`not invited: ${done}`);
  return secret;
}

/** Somebody who opens a link and begins an account with it. */
export async function beginning(server: Server, secret: string, displayName: string): Promise<{ readonly page: PageLike; readonly keys: Keys; readonly user: string }> {
  const page = new PageLike(server.url);
  const { status, body } = await page.request('POST', `/api/groups/${GROUP}/links/open`, { secret, password: PASSWORD, person: { userName: displayName.toLowerCase().replaceAll(' ', '.'), displayName } });
  if (status !== 200) throw new Error(`not begun: ${String(body['refusal'])}`);
  const view = (await page.request('GET', '/api/session')).body as unknown as { person: { user: string } };
  page.user = view.person.user;
  return { page, keys: body as unknown as Keys, user: view.person.user };
}
