import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { refusalSentence } from '@parley/messages';
import { type Performed, type Refusal, REFUSAL_STATUS, type RefusalBody, type Refusing, unfitIn } from '@parley/protocol';
import type { Response } from 'express';
import type { z } from 'zod';
import { logger } from '../logger.ts';
import { isAway } from '../limits/when-back.ts';

/** More about a refusal: `detail` for the developer of a client, `who` is now signed in, `retryAfter` in seconds, `seconds` to wait before the same can stand. */
interface Circumstances { readonly detail?: string; readonly who?: string; readonly retryAfter?: number; readonly seconds?: number }

/** A refusal on its way to the border, where it becomes a status and a sentence. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';

  constructor(readonly refusal: Refusal, readonly detail?: string, readonly who?: string, readonly retryAfter?: number, readonly seconds?: number) {
    super(refusal);
  }
}

/** Throws what an act was refused with. */
export function mustBeDone(done: ({ readonly ok: true } & Performed) | Refusing): void {
  if (!done.ok) throw new RequestRefused(done.reason);
}

/** Says a refusal; the only place where one becomes HTTP. */
export function sayRefusal(response: Response, refusal: Refusal, { detail, who, retryAfter, seconds }: Circumstances = {}): void {
  if (response.headersSent) return void response.end();
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  const body: RefusalBody = { refusal, sentence: refusalSentence(refusal), ...(who !== undefined && { who }), ...(detail !== undefined && { detail }), ...(seconds !== undefined && { seconds }) };
  response.status(REFUSAL_STATUS[refusal]).json(body);
}

/** Whatever a request ends with, the browser gets a refusal it knows. What nobody foresaw is logged, without the request's content. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof RequestRefused) return sayRefusal(response, error.refusal, error);
    if (isAway(error)) return sayRefusal(response, 'busy', { retryAfter: 1 });
    const foreseen = foreseenIn(error);
    if (foreseen) return sayRefusal(response, foreseen);
    logger.failed('request failed', error);
    sayRefusal(response, 'server-error');
  }
}

/** Express, its parsers and Nest say with a status what they found wrong. */
function foreseenIn(error: unknown): Refusal | null {
  const status = error instanceof HttpException ? error.getStatus() : (error as { status?: unknown } | null)?.status;
  if (status === 413) return 'too-large';
  if (status === 404) return 'not-found';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad-request' : null;
}

/** What `schema` makes of `value`, or a refusal that names the first field that is wrong. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) {
    const unfit = unfitIn(result.data);
    if (unfit !== null) throw new RequestRefused('bad-text', unfit);
    return result.data;
  }
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  if (field === 'password' && issue?.code === 'too_small') throw new RequestRefused('weak-password');
  if (issue?.code === 'custom' && issue.params?.['refusal'] === 'bad-text') throw new RequestRefused('bad-text', field);
  throw new RequestRefused('bad-request', `${field || 'body'}: ${issue?.message ?? 'not understood'}`);
}
