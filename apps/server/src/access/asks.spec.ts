import { Controller, Get, Module, Post } from '@nestjs/common';
import { expect, it } from 'vitest';
import { outerServer } from '../../../../test/support/outer-server.ts';
import { Asks } from './asks.ts';

@Controller('api/careless')
class CarelessController {
  @Get()
  @Asks('public')
  said() { return {}; }

  @Post()
  unsaid() { return {}; }

  helper() { return {}; }
}

@Asks('signedIn')
@Controller('api/careful')
class CarefulController {
  @Get()
  said() { return {}; }
}

@Module({ controllers: [CarelessController, CarefulController] })
class Careless {}

@Module({ controllers: [CarefulController] })
class Careful {}

it('refuses to start with a route that does not say whom it is for', async () => {
  await expect(outerServer({}, [Careless])).rejects.toThrow(/@Asks: CarelessController\.unsaid$/);
});

it('takes the word of a whole controller', async () => {
  const server = await outerServer({}, [Careful]);
  expect((await fetch(`${server.url}/api/careful`)).status).toBe(401);
  await server.close();
});
