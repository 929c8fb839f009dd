import type { Stage, Template } from '@parley/negotiation';
import type { SlotKey } from '@parley/text';

const SLOT_NAME: Readonly<Record<string, string>> = {
  text: 'Text', term: 'Term', meaning: 'Meaning', claim: 'Claim', contents: 'Contents', standard: 'Standard of proof', measure: 'Measure', unit: 'Unit',
  baseline: 'Baseline', target: 'Target', period: 'Period', source: 'Source', verifier: 'Verifier', actor: 'Who acts', towards: 'Towards whom',
  limit: 'Time limit', channel: 'Channel', content: 'Content', refusal: 'Grounds of refusal', escalation: 'Escalation',
};

/** `meaning` of `en:meaning`. */
export const bareName = (key: SlotKey): string => key.slice(key.indexOf(':') + 1);

/** What a slot is called beside its words. */
export const slotName = (key: SlotKey): string => SLOT_NAME[bareName(key)] ?? key;

export const TEMPLATE_NAME: Readonly<Record<Template, string>> = {
  understanding: 'Understanding', definitions: 'Definitions', evidence: 'Standard of evidence', metrics: 'Metrics', protocol: 'Protocol',
};

export const STAGE_NAME: Readonly<Record<Stage, string>> = { absent: 'not open', drafting: 'drafting', negotiation: 'in negotiation', closed: 'closed' };
