import { type RefusalBody, SEAT_HEADER } from '@parley/protocol';

/** The server said no, in its own words. */
export class HttpRefusal extends Error {
  constructor(readonly status: number, readonly what: string, readonly body: Partial<RefusalBody> | null) {
    super(`${what}: ${body?.sentence ?? `status ${status}`}`);
    this.name = 'HttpRefusal';
  }
}

/** One person's browser, as far as the server can tell: a cookie jar, an origin, and the seat its pages were loaded for. */
export class HttpSession {
  private readonly jar = new Map<string, string>();
  /** Named in every request from now on. */
  seat: string | null = null;

  /** `origin`: the address of the server, without a path. */
  constructor(readonly origin: string) {}

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.ask('POST', path, body);
  }

  private async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, this.origin), {
      method, redirect: 'error',
      headers: {
        origin: this.origin, accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.jar.size > 0 && { cookie: this.cookie }),
        ...(this.seat !== null && { [SEAT_HEADER]: this.seat }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.take(line);
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new HttpRefusal(response.status, `${method} ${path}`, answer as Partial<RefusalBody> | null);
    return answer as Answer;
  }

  private take(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (at > 0) this.jar.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
}
