import { isCleanText } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { documentEvent } from '../event.ts';
import { stageOf, STAGES, step } from '../lifecycle.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { inOrder, takesText } from '../paper.ts';
import { granted, refuse } from '../refusal.ts';
import { type Template, TEMPLATES } from '../template.ts';

interface Opened { readonly e: 'opened'; readonly title: string; readonly template: Template }
export const opened = documentEvent<Opened>('opened', (state, { title, template }) => ({ ...state, title, template, stage: 'drafting' }));

/** The moderator opens a document as a working paper with these provisions. */
export const openDocument = documentAct({
  t: 'openDocument', performedBy: 'people', since: 1,
  fields: ({ z, line, provision }) => ({ title: line(300), template: z.enum(TEMPLATES), provisions: z.array(provision).max(10_000) }),
  legible: { template: true },
  right: { roles: ['moderator'], line: (_actor, on) => (on.document && on.document.stage !== 'absent' ? refuse('document-exists') : granted) },
  events: [opened],
  decide({ title, template, provisions }, { document }) {
    const moved = step(STAGES, stageOf(document), 'open');
    if (!moved.ok) return moved;
    if (new Set(provisions.map((p) => p.id)).size < provisions.length || !isCleanText(title)) return refuse('bad-text');
    const bad = provisions.map(takesText).find((verdict) => !verdict.ok);
    if (bad && !bad.ok) return bad;
    return outcome([{ e: 'opened', title, template }], [{ room: 'working', edits: inOrder(provisions) }]);
  },
  says: () => message('openDocument', {}),
});
