import type { Stage, Template } from '@parley/negotiation';

export const TEMPLATE_NAME: Readonly<Record<Template, string>> = {
  understanding: 'Understanding', definitions: 'Definitions', evidence: 'Standard of evidence', metrics: 'Metrics', protocol: 'Protocol',
};

export const STAGE_NAME: Readonly<Record<Stage, string>> = { absent: 'not open', drafting: 'drafting', negotiation: 'in negotiation' };
