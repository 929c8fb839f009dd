import { SEAT_HEADER, type SessionView } from '@parley/protocol';
import { GROUP } from './group.ts';

export interface Answer { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> }

/** Speaks HTTP as a page of Parley does: keeps the cookie, names its origin and its seat. Everything can be said otherwise. */
export class PageLike {
  cookie: string | null = null;
  seat: string | null = null;
  /** The group that paths without a `/` before them are of, and the socket. */
  group = GROUP;

  constructor(readonly url: string) {}

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string | null> = {}): Promise<Answer> {
    const all = {
      origin: this.url, 'content-type': body === undefined ? null : 'application/json', cookie: this.cookie, [SEAT_HEADER]: this.seat, ...headers,
    };
    const response = await fetch(new URL(path.startsWith('/') ? path : `/api/groups/${this.group}${path && '/'}${path}`, this.url), {
      method, redirect: 'manual', headers: Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie().find((line) => /^(__Host-)?sid=/.test(line));
    if (cookie) this.cookie = cookie.split(';')[0]!;
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { text }) as Record<string, unknown> };
  }

  /** Signs in as one of the demo's people. */
  async enter(user: string): Promise<SessionView> {
    const { body } = await this.ask('POST', '/api/session/demo', { user });
    return this.seated(body);
  }

  async signIn(userName: string, password: string): Promise<SessionView> {
    const { body } = await this.ask('POST', '/api/session', { userName, password });
    return this.seated(body);
  }

  private seated(body: unknown): SessionView {
    const view = body as SessionView;
    this.seat = view.person?.user ?? null;
    this.group = view.places?.[0]?.group ?? this.group;
    return view;
  }
}
