import { Module } from '@nestjs/common';
import { RoomsModule } from '../groups/rooms.module.ts';
import { ActsController } from './acts.controller.ts';

@Module({ imports: [RoomsModule], controllers: [ActsController] })
export class ActsModule {}
