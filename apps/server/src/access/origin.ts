import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Address } from '../address.ts';
import { sayRefusal } from './request-refused.ts';

const READING = new Set(['GET', 'HEAD']);

/**
 * What writes must come from Parley's own pages: from their origin, or, where a browser leaves that out, from the same site by its own word and under
 * Parley's own name (another name that leads here, as in DNS rebinding, is the same site to the browser). Bodies are JSON: no form of another site sends that.
 */
export const ownPagesOnly = (address: Address): RequestHandler => (request, response, next) => {
  if (READING.has(request.method)) return next();
  if (!isOwn(request, address)) return sayRefusal(response, 'bad-origin');
  if (!['', 'identity'].includes((request.headers['content-encoding'] ?? '').trim().toLowerCase())) return sayRefusal(response, 'encoded-body');
  if (hasBody(request) && !request.is('application/json')) return sayRefusal(response, 'bad-request', { detail: 'the body must be application/json' });
  next();
};

function isOwn({ headers }: IncomingMessage, address: Address): boolean {
  if (headers.origin !== undefined) return headers.origin === address.origin;
  return headers['sec-fetch-site'] === 'same-origin' && headers.host === address.host;
}

const hasBody = ({ headers }: IncomingMessage): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
