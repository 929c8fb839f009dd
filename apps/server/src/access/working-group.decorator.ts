import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { WorkingGroup } from '../groups/working-groups.ts';

declare module 'express' {
  interface Request { workingGroup?: WorkingGroup | null }
}

/** The group that the path names. Null where there is none, and only on routes that are for whoever has no place in it. */
export const Group = createParamDecorator((_: unknown, context: ExecutionContext): WorkingGroup | null => context.switchToHttp().getRequest<Request>().workingGroup ?? null);
