import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { map, type Observable } from 'rxjs';
import { groupInPath } from './group-in-path.ts';
import type { GroupAccess } from './group-access.ts';
import { RequestRefused, sayRefusal } from './request-refused.ts';
import { isAway, whenBack } from '../limits/when-back.ts';

const AGAIN_S = 1;

/**
 * A request for a group goes on when this process has it, or gets it within a second; else it is asked again and may then come to the one that has it. For whoever has no place in it, and no
 * link, it is not taken: he goes on to be refused.
 */
export const servedHere = (groupAccess: GroupAccess): RequestHandler => (request, response, next) => {
  const named = groupInPath(request.originalUrl), { user } = request.session ?? {};
  if (!named || (user === undefined && !named.isLink)) return next();
  const { id, isLink } = named;
  whenBack<unknown>(() => (isLink ? groupAccess.held(id) : groupAccess.enter(user!, id))).then(() => next(), (error: unknown) => {
    if (error instanceof RequestRefused) return sayRefusal(response, error.refusal, error);
    return isAway(error) ? sayRefusal(response, 'busy', { retryAfter: AGAIN_S }) : next(error);
  });
};

/** What was read of a group while it may have become another process's is not told. What a request has changed is: it would not have been written. */
@Injectable()
export class StillServed implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method, workingGroup } = context.switchToHttp().getRequest<Request>();
    return next.handle().pipe(map((answer: unknown) => {
      if (method === 'GET' && workingGroup && !workingGroup.rooms.serves) throw new RequestRefused('elsewhere', undefined, undefined, AGAIN_S);
      return answer;
    }));
  }
}
