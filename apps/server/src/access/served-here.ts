import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { map, type Observable } from 'rxjs';
import { Rooms } from '../rooms/rooms.ts';
import { RefusedError, sayRefusal } from './refused.ts';
import { isAway, whenBack } from '../limits/when-back.ts';

/** What says nothing of a working group. */
const OF_THE_PROCESS = /^\/health\/?$/;
const AGAIN_S = 1;

/** A request goes on when this process has the working group, or gets it within a second; else it is asked again and may then come to the one that has it. */
export const servedHere = (rooms: Rooms): RequestHandler => (request, response, next) => {
  if (OF_THE_PROCESS.test(request.path)) return next();
  whenBack(() => rooms.hold()).then(
    (held) => (held ? next() : sayRefusal(response, 'elsewhere', { retryAfter: AGAIN_S })),
    (error: unknown) => (isAway(error) ? sayRefusal(response, 'busy', { retryAfter: AGAIN_S }) : next(error)));
};

/** What was read while the group may have become another process's is not told. What a request has changed is: it would not have been written. */
@Injectable()
export class StillServed implements NestInterceptor {
  constructor(private readonly rooms: Rooms) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method, path } = context.switchToHttp().getRequest<Request>(), reads = method === 'GET' && !OF_THE_PROCESS.test(path.replace(/^\/api/, ''));
    return next.handle().pipe(map((answer: unknown) => {
      if (reads && !this.rooms.serves) throw new RefusedError('elsewhere', undefined, undefined, AGAIN_S);
      return answer;
    }));
  }
}
