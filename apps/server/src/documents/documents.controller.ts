import { Controller, Get } from '@nestjs/common';
import type { GroupView } from '@parley/protocol';
import { Asks } from '../access/asks.ts';
import { User } from '../access/user.decorator.ts';
import { DocumentsService } from './documents.service.ts';
import { Presences } from './presences.ts';

@Controller('api/group')
export class DocumentsController {
  constructor(private readonly documents: DocumentsService, private readonly presences: Presences) {}

  @Get()
  @Asks('readGroup')
  async group(@User() user: string): Promise<GroupView> {
    const { group, people, documents } = await this.documents.group(user);
    return { group, people, documents: documents.map((row) => ({ ...row, here: this.presences.in(row.id) })), here: this.presences.anywhere() };
  }
}
