import { Module } from '@nestjs/common';
import { RoomsModule } from '../groups/rooms.module.ts';
import { DocumentsController } from './documents.controller.ts';
import { DocumentsService } from './documents.service.ts';
import { HistoryController } from './history.controller.ts';
import { HistoryService } from './history.service.ts';
import { LatestActs } from './latest-acts.ts';
import { UnreadController } from './unread.controller.ts';
import { UnreadService } from './unread.service.ts';

@Module({
  imports: [RoomsModule],
  controllers: [DocumentsController, HistoryController, UnreadController],
  providers: [DocumentsService, HistoryService, LatestActs, UnreadService],
  exports: [DocumentsService, HistoryService],
})
export class DocumentsModule {}
