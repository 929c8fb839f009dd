import { Body, Controller, Get, Headers, Module, Param, Post, Query } from '@nestjs/common';
import { idSchema } from '@parley/protocol';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { outerServer } from '../../../../test/support/outer-server.ts';
import { RequiresPermission } from './requires-permission.ts';
import { Body as CheckedBody, Param as CheckedParam } from './body.ts';

@Controller('api/careless')
class CarelessController {
  @Get()
  @RequiresPermission('public')
  marked() { return {}; }

  @Post()
  unmarked() { return {}; }

  helper() { return {}; }
}

@RequiresPermission('signedIn')
@Controller('api/careful')
class CarefulController {
  @Get()
  marked() { return {}; }
}

@RequiresPermission('signedIn')
@Controller('api/open')
class OpenController {
  @Post('a')
  body(@Body() body: unknown) { return body; }

  @Get('b/:id')
  param(@Param('id') id: string) { return id; }

  @Get('c')
  query(@Query() query: unknown) { return query; }

  @Get('d')
  header(@Headers('x-word') word: string) { return word; }

  @Post('e/:id')
  half(@CheckedParam('id', idSchema) id: string, @Body('part') part: unknown) { return [id, part]; }

  @Post('f/:id')
  whole(@CheckedParam('id', idSchema) id: string, @CheckedBody(z.strictObject({})) body: object) { return [id, body]; }
}

@Module({ controllers: [CarelessController, CarefulController] })
class Careless {}

@Module({ controllers: [OpenController] })
class Open {}

@Module({ controllers: [CarefulController] })
class Careful {}

it('[Z7] refuses to start with a route that does not say whom it is for', async () => {
  await expect(outerServer({}, [Careless])).rejects.toThrow(/@RequiresPermission: CarelessController\.unmarked$/);
});

it('[Z7] refuses to start with a route that reads something without a schema', async () => {
  await expect(outerServer({}, [Open])).rejects.toThrow(/body\.ts take: OpenController\.body, OpenController\.param, OpenController\.query, OpenController\.header, OpenController\.half$/);
});

it('takes the word of a whole controller', async () => {
  const server = await outerServer({}, [Careful]);
  expect((await fetch(`${server.url}/api/careful`)).status).toBe(401);
  await server.close();
});
