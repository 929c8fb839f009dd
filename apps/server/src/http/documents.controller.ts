import { Controller, Get } from '@nestjs/common';
import type { GroupView } from '@parley/protocol';
import { RequiresPermission } from '../access/requires-permission.ts';
import { User } from '../access/user.decorator.ts';
import { Group } from '../access/working-group.decorator.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { DocumentsService } from './documents.service.ts';
import { Presences } from './presences.ts';

@Controller('api/groups/:group')
export class DocumentsController {
  constructor(private readonly documents: DocumentsService, private readonly presences: Presences) {}

  @Get()
  @RequiresPermission('readGroup')
  async group(@Group() of: WorkingGroup, @User() user: string): Promise<GroupView> {
    const { group, people, documents } = await this.documents.group(of, user);
    return { group, people, documents: documents.map((row) => ({ ...row, here: this.presences.in(of.id, row.id) })), here: this.presences.anywhere(of.id) };
  }
}
