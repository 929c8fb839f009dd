import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AccountsController } from './accounts.controller.ts';
import { Accounts } from './accounts.ts';
import { AsksGuard, RouteCheck } from './asks.ts';
import { DemoController } from './demo.controller.ts';
import { InstallationController } from './installation.controller.ts';
import { LinksController } from './links.controller.ts';
import { Links } from './links.ts';
import { Names } from './names.ts';
import { PasswordRules } from './password-rules.ts';
import { Passwords } from './passwords.ts';
import { Places } from './places.ts';
import { Refusals } from './refused.ts';
import { Resets } from './resets.ts';
import { StillServed } from './served-here.ts';
import { SeatController } from './seat.controller.ts';
import { SessionController } from './session.controller.ts';
import { FirstRun, Founding } from './set-up.ts';
import { SignIn } from './sign-in.ts';
import { Tries } from './tries.ts';
import { Turns } from './turns.ts';

/** Who somebody is and what a route asks of them. Every other folder may ask it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController, AccountsController, LinksController, InstallationController, SeatController, DemoController],
  providers: [
    Accounts, FirstRun, Founding, Links, Names, PasswordRules, Passwords, Places, Resets, RouteCheck, SignIn, Tries, Turns,
    { provide: APP_GUARD, useClass: AsksGuard }, { provide: APP_FILTER, useClass: Refusals }, { provide: APP_INTERCEPTOR, useClass: StillServed },
  ],
  exports: [Accounts, PasswordRules, Places, RouteCheck],
})
export class AccessModule {}
