import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AccountsController } from './accounts.controller.ts';
import { Accounts } from './accounts.ts';
import { PermissionGuard, RouteCheck } from './requires-permission.ts';
import { DemoController } from './demo.controller.ts';
import { InstallationController } from './installation.controller.ts';
import { LinksController } from './links.controller.ts';
import { Links } from './links.ts';
import { Names } from './names.ts';
import { PasswordRules } from './password-rules.ts';
import { Passwords } from './passwords.ts';
import { GroupAccess } from './group-access.ts';
import { RefusalFilter } from './request-refused.ts';
import { Resets } from './resets.ts';
import { StillServed } from './served-here.ts';
import { SeatController } from './seat.controller.ts';
import { SessionController } from './session.controller.ts';
import { FirstRun, Founding } from './set-up.ts';
import { SignIn } from './sign-in.ts';
import { LoginThrottle } from './login-throttle.ts';
import { Mutex } from './mutex.ts';

/** Who somebody is and what a route asks of them. Every other folder may ask it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController, AccountsController, LinksController, InstallationController, SeatController, DemoController],
  providers: [
    Accounts, FirstRun, Founding, Links, Names, PasswordRules, Passwords, GroupAccess, Resets, RouteCheck, SignIn, LoginThrottle, Mutex,
    { provide: APP_GUARD, useClass: PermissionGuard }, { provide: APP_FILTER, useClass: RefusalFilter }, { provide: APP_INTERCEPTOR, useClass: StillServed },
  ],
  exports: [Accounts, PasswordRules, GroupAccess, RouteCheck],
})
export class AccessModule {}
