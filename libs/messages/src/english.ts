import access from './en/access.json' with { type: 'json' };
import document from './en/document.json' with { type: 'json' };
import editor from './en/editor.json' with { type: 'json' };
import group from './en/group.json' with { type: 'json' };
import history from './en/history.json' with { type: 'json' };
import proposals from './en/proposals.json' with { type: 'json' };
import provisions from './en/provisions.json' with { type: 'json' };
import refusals from './en/refusals.json' with { type: 'json' };
import sync from './en/sync.json' with { type: 'json' };
import text from './en/text.json' with { type: 'json' };
import ui from './en/ui.json' with { type: 'json' };
import undelivered from './en/undelivered.json' with { type: 'json' };

/** Every sentence that a person reads, by id, as ICU messages (unicode.org/reports/tr35, part 9). The file is the one named by the id's first word. */
export const english = { ...access, ...document, ...editor, ...group, ...history, ...proposals, ...provisions, ...refusals, ...sync, ...text, ...ui, ...undelivered };

export type MessageId = keyof typeof english;

/** What puts messages into a reader's language: one with its values, names one behind the other. */
export interface Wording {
  readonly message: (id: MessageId, values?: Readonly<Record<string, string | number>>) => string;
  readonly listed: (names: readonly string[]) => string;
}

/** `role-forbids` of `refusal.role-forbids`. */
export type RefusalId = MessageId extends infer Id ? (Id extends `refusal.${infer Refusal}` ? Refusal : never) : never;

/** The English sentence of a refusal: what is the matter, and what to do. */
export const refusalSentence = (refusal: RefusalId): string => english[`refusal.${refusal}`];
