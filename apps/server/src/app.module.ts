import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccessModule } from './access/access.module.ts';
import { AccountStore } from './access/account.store.ts';
import { ClientAddresses } from './access/client-address.ts';
import { Demo } from './access/demo.ts';
import { GuessEstimate } from './access/guess-estimate.ts';
import { TrustedDevices } from './access/trusted-devices.ts';
import { Sessions } from './access/sessions.ts';
import { SetUpToken } from './access/set-up.ts';
import { Address } from './address.ts';
import { HealthController } from './health.controller.ts';
import { RealtimeModule } from './realtime/realtime.module.ts';
import { GroupStore } from './record/group.store.ts';
import { MembershipStore } from './record/membership.store.ts';
import { ReadPositionStore } from './record/read-position.store.ts';
import { GroupLeases } from './commit/group-leases.ts';

/** What exists before Nest does: made from the settings and the open database. */
export interface Given {
  readonly address: Address;
  readonly clients: ClientAddresses;
  readonly accounts: AccountStore;
  readonly groups: GroupStore;
  readonly memberships: MembershipStore;
  readonly readPositions: ReadPositionStore;
  readonly sessions: Sessions;
  readonly known: TrustedDevices;
  readonly demo: Demo;
  readonly token: SetUpToken;
  readonly guesses: GuessEstimate;
  readonly leases: GroupLeases;
}

/** The rooms of the server, and what they are given. */
@Module({})
export class AppModule {
  static with(given: Given, inside: readonly (Type | DynamicModule)[]): DynamicModule {
    return {
      module: AppModule, global: true,
      imports: [AccessModule, RealtimeModule, ...inside],
      controllers: [HealthController],
      providers: [
        { provide: Address, useValue: given.address }, { provide: ClientAddresses, useValue: given.clients }, { provide: AccountStore, useValue: given.accounts }, { provide: GroupStore, useValue: given.groups },
        { provide: MembershipStore, useValue: given.memberships }, { provide: ReadPositionStore, useValue: given.readPositions },
        { provide: Sessions, useValue: given.sessions }, { provide: TrustedDevices, useValue: given.known },
        { provide: Demo, useValue: given.demo }, { provide: SetUpToken, useValue: given.token }, { provide: GuessEstimate, useValue: given.guesses }, { provide: GroupLeases, useValue: given.leases },
      ],
      exports: [Address, ClientAddresses, AccountStore, GroupStore, MembershipStore, ReadPositionStore, Sessions, TrustedDevices, Demo, SetUpToken, GuessEstimate, GroupLeases, ...inside],
    };
  }
}
