import { Module } from '@nestjs/common';
import { RoomsModule } from '../groups/rooms.module.ts';
import { DocumentsController } from './documents.controller.ts';
import { DocumentsService } from './documents.service.ts';
import { HistoryController } from './history.controller.ts';
import { HistoryService } from './history.service.ts';

@Module({
  imports: [RoomsModule],
  controllers: [DocumentsController, HistoryController],
  providers: [DocumentsService, HistoryService],
  exports: [DocumentsService, HistoryService],
})
export class DocumentsModule {}
