import type { SessionView } from '@parley/protocol';
import type { Socket } from 'socket.io-client';
import { type Answer, type HandshakeOverrides, Page } from '../../apps/cli/src/page.ts';
import { GROUP } from './group.ts';

/** A page whose answers are looked at as they come, of the group that a test keeps itself unless it signs in to another. Its sockets do not come again by themselves. */
export class PageLike extends Page {
  constructor(url: string) {
    super(url, GROUP);
  }

  override request<T = Record<string, unknown>>(...asked: Parameters<Page['request']>): Promise<Answer<T>> {
    return super.request<T>(...asked);
  }

  override socket(overrides: HandshakeOverrides = {}): Socket {
    return super.socket({ reconnection: false, ...overrides });
  }

  /** Signs in as one of the demo's people. */
  async enter(user: string): Promise<SessionView> {
    return this.seated(await this.request<SessionView>('POST', '/api/session/demo', { user }));
  }

  async signIn(userName: string, password: string): Promise<SessionView> {
    return this.seated(await this.request<SessionView>('POST', '/api/session', { userName, password }));
  }

  private seated({ body: view }: Answer<SessionView>): SessionView {
    this.user = view.person?.user ?? '';
    this.groupId = view.places?.[0]?.group ?? this.groupId;
    return view;
  }
}

/** The next message of that name. */
export const nextEvent = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => socket.once(event, resolve));
