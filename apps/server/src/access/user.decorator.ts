import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** The id of the person who asks. Only on routes that ask for more than `public`. */
export const User = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { user } = context.switchToHttp().getRequest<Request>().session;
  if (user === undefined) throw new Error('a public route has no user');
  return user;
});
