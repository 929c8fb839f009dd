import { Body as NestBody, Injectable, Param as NestParam, type PipeTransform, Query as NestQuery } from '@nestjs/common';
import type { z } from 'zod';
import { checked } from './request-refused.ts';

/** Holds a part of a request against a schema. */
@Injectable()
export class Checked<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: z.ZodType<T>) {}

  transform(value: unknown): T {
    return checked(this.schema, value);
  }
}

/** The body of a request, as `schema` takes it; anything else is refused. */
export const Body = <T>(schema: z.ZodType<T>): ParameterDecorator => NestBody(new Checked(schema));
/** One part of the path, likewise. */
export const Param = <T>(name: string, schema: z.ZodType<T>): ParameterDecorator => NestParam(name, new Checked(schema));
/** The whole query, likewise. */
export const Query = <T>(schema: z.ZodType<T>): ParameterDecorator => NestQuery(new Checked(schema));
