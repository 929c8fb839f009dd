import { Global, Module } from '@nestjs/common';
import { Presences } from '../http/presences.ts';
import { ConnectionLimiter } from './connection-limiter.ts';
import { Gateway } from './gateway.ts';
import { Handshakes } from './handshake.ts';
import { Outgoing } from './outgoing.ts';
import { PresenceBoard } from './presence-board.ts';
import { Requests } from './requests.ts';

/** Global for one thing only: lists say who is here. */
@Global()
@Module({
  providers: [ConnectionLimiter, Gateway, Handshakes, Outgoing, Requests, PresenceBoard, { provide: Presences, useExisting: PresenceBoard }],
  exports: [Gateway, Presences],
})
export class RealtimeModule {}
