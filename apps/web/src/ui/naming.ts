import type { MessageId } from '@parley/messages';
import { CHAIR, delegationName, type GroupState, type Stage, type Template } from '@parley/negotiation';
import type { PartyId, SlotKey } from '@parley/text';
import { message } from './messages.ts';

const SLOT_NAME: Readonly<Record<string, MessageId>> = {
  text: 'ui.slot.text', term: 'ui.slot.term', meaning: 'ui.slot.meaning', claim: 'ui.slot.claim', contents: 'ui.slot.contents', standard: 'ui.slot.standard', measure: 'ui.slot.measure', unit: 'ui.slot.unit',
  baseline: 'ui.slot.baseline', target: 'ui.slot.target', period: 'ui.slot.period', source: 'ui.slot.source', verifier: 'ui.slot.verifier', actor: 'ui.slot.actor', towards: 'ui.slot.towards',
  limit: 'ui.slot.limit', channel: 'ui.slot.channel', content: 'ui.slot.content', refusal: 'ui.slot.refusal', escalation: 'ui.slot.escalation',
};

/** `meaning` of `en:meaning`. */
export const bareName = (key: SlotKey): string => key.slice(key.indexOf(':') + 1);

/** What a slot is called beside its words. */
export function slotName(key: SlotKey): string {
  const id = SLOT_NAME[bareName(key)];
  return id === undefined ? key : message(id);
}

/** What a party is called: a delegation by its own name, the chair in the page's language. */
export const partyName = (group: GroupState, party: PartyId): string => (party === CHAIR ? message('ui.party.chair') : delegationName(group, party));

export const templateName = (template: Template): string => message(`ui.template.${template}`);

export const stageName = (stage: Stage): string => message(`ui.stage.${stage}`);
