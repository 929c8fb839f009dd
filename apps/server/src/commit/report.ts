import { Logger } from '@nestjs/common';

const logger = new Logger('rooms');

/** A line for the operator: what happened, to which subject, with which error. Never words of a text. */
export function report(event: string, error: unknown, facts: Readonly<Record<string, string | number>> = {}): void {
  const { name, message, code, stack } = error instanceof Error ? (error as Error & { code?: unknown }) : { name: typeof error, message: '', code: undefined, stack: undefined };
  logger.error(JSON.stringify({ event, ...facts, error: name, message: message.slice(0, 300), code, at: stack?.split('\n').slice(1, 4).map((line) => line.trim()).join(' ') }));
}
