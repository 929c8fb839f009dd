import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler, Response } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';
import type { Address } from './address.ts';
import { isLoopback } from './config.ts';

/** Where the web application is built, seen from `src` and from `dist` alike. */
const WEB = path.resolve(import.meta.dirname, '../../web/dist');
const YEAR_S = 365 * 24 * 60 * 60;

/** Headers of every answer. Scripts only those that the page names with its own nonce, and what they load; styles from here, or with the nonce. */
export function secureHeaders(address: Address): RequestHandler {
  let handler: RequestHandler | null = null;
  const nonce = (_request: unknown, response: unknown) => `'nonce-${nonceOf(response as Response)}'`;
  const make = () => helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], scriptSrc: [nonce, "'strict-dynamic'"], styleSrc: ["'self'", nonce],
        imgSrc: ["'self'", 'blob:', 'data:'], fontSrc: ["'self'"], workerSrc: ["'self'"], manifestSrc: ["'self'"],
        connectSrc: ["'self'", `${address.encrypted ? 'wss' : 'ws'}://${address.host}`],
        formAction: ["'self'"], frameAncestors: ["'none'"], baseUri: ["'none'"], objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: address.encrypted && { maxAge: YEAR_S, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: (address.encrypted || address.local) && { policy: 'same-origin' },
  });
  return (request, response, next) => {
    handler ??= make();
    response.locals['nonce'] = randomBytes(16).toString('base64');
    response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    handler(request, response, next);
  };
}

/** For the scripts and styles that the page names, and for those that the application makes: it reads it in a meta element that Vite writes. */
const nonceOf = (response: Response): string => response.locals['nonce'] as string;
const withNonce = (page: string, nonce: string): string => page.replaceAll('{{nonce}}', nonce);

/** Serves the web application: files with a hash in their name for ever, compressed as they were built, the page itself never from a cache, and for every route of it. */
export function servePages(app: NestExpressApplication, address: Address, web = WEB): void {
  const page = pageIn(web);
  const cached = (response: ServerResponse, value: string): void => void response.setHeader('Cache-Control', value);
  app.use('/assets', expressStaticGzip(path.join(web, 'assets'), {
    index: false, enableBrotli: true, orderPreference: ['br', 'gzip'],
    serveStatic: { redirect: false, setHeaders: (response) => cached(response, `public, max-age=${YEAR_S}, immutable`) },
  }));
  app.useStaticAssets(web, { index: false, redirect: false, setHeaders: (response) => cached(response, 'no-cache') });
  app.use(((request, response, next) => {
    if (!isPage(request.path) || !['GET', 'HEAD'].includes(request.method)) return next();
    const host = request.headers.host ?? '';
    if (address.local && host !== address.host && isLoopback(host.replace(/:\d+$/, ''))) return response.redirect(302, address.origin + pathOf(request.originalUrl));
    const html = page();
    if (html === null) return next();
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(withNonce(html, nonceOf(response)));
  }) satisfies RequestHandler);
}

/** The page, read once it is built. */
function pageIn(web: string): () => string | null {
  const file = path.join(web, 'index.html');
  let page: string | null = null;
  return () => (page ??= existsSync(file) ? readFileSync(file, 'utf8') : null);
}

/** A path on this server alone: what begins with two slashes, or backslashes, would lead to another. */
const pathOf = (asked: string): string => asked.replace(/^(?:https?:)?[/\\]*/i, '/');

/** A route of the application has no dot in its last part; a missing file is not a page. */
const isPage = (route: string): boolean => !route.startsWith('/api/') && route !== '/api' && !route.slice(route.lastIndexOf('/')).includes('.');
