import { Module } from '@nestjs/common';
import { RoomsModule } from '../groups/rooms.module.ts';
import { AgreementController } from './agreement.controller.ts';

@Module({ imports: [RoomsModule], controllers: [AgreementController] })
export class AgreementModule {}
