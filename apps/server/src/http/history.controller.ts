import { Controller, Get } from '@nestjs/common';
import { type GroupHistoryView, type HistoryView, idSchema, type InstantView } from '@parley/protocol';
import { RequiresPermission } from '../access/requires-permission.ts';
import { Param, Query } from '../access/body.ts';
import { User } from '../access/user.decorator.ts';
import { Group } from '../access/working-group.decorator.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { indexSchema, type Page, pageSchemaOf } from './page-schema.ts';
import { HistoryService } from './history.service.ts';

const MOST = 500;
const pageSchema = pageSchemaOf(MOST);

/** Whether somebody may read a document is not asked at the border: to those who may not, it is not there. */
@Controller('api/groups/:group')
export class HistoryController {
  constructor(private readonly histories: HistoryService) {}

  /** Entries after `after` (from the beginning without it), at most `limit`. */
  @Get('documents/:id/history')
  @RequiresPermission('member')
  history(@Group() group: WorkingGroup, @Param('id', idSchema) doc: string, @Query(pageSchema) page: Page, @User() user: string): Promise<HistoryView> {
    return this.histories.history(group, user, doc, page.after ?? -1, page.limit ?? MOST);
  }

  @Get('documents/:id/at/:index')
  @RequiresPermission('member')
  instant(@Group() group: WorkingGroup, @Param('id', idSchema) doc: string, @Param('index', indexSchema) index: number, @User() user: string): Promise<InstantView> {
    return this.histories.instant(group, user, doc, index);
  }

  @Get('history')
  @RequiresPermission('readGroup')
  groupHistory(@Group() group: WorkingGroup): Promise<GroupHistoryView> {
    return this.histories.groupHistory(group);
  }
}
