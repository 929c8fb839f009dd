import { createHmac, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { sameSecret } from './secret.ts';

const YEAR_MS = 365 * 24 * 60 * 60_000;

/**
 * Remembers, in the browser, that somebody has once signed in with it. Wrong attempts from elsewhere then do not delay the right person: behind a proxy everybody
 * comes from one address, and the other side must not be able to keep a head out by guessing. It opens nothing: the password is still asked for.
 */
export class TrustedDevices {
  constructor(private readonly key: string, private readonly safe: () => boolean) {}

  /** A name for this browser, if `userName` has signed in with it before. */
  nameOf(request: Request, userName: string): string | null {
    const cookie = new RegExp(`(?:^|; )${this.cookieName}=([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})(?:;|$)`).exec(request.headers.cookie ?? '');
    return cookie && sameSecret(this.sign(userName, cookie[1]!), cookie[2]!) ? cookie[1]! : null;
  }

  remember(response: Response, userName: string): void {
    const name = randomBytes(16).toString('base64url');
    const safe = this.safe();
    response.cookie(this.cookieName, `${name}.${this.sign(userName, name)}`, { path: '/', httpOnly: true, secure: safe, sameSite: 'strict', maxAge: YEAR_MS });
  }

  private get cookieName(): string {
    return this.safe() ? '__Host-known' : 'known';
  }

  private sign(userName: string, name: string): string {
    return createHmac('sha256', this.key).update(`known browser|${name}|${userName.toLowerCase()}`).digest('base64url');
  }
}
