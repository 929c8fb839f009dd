import type { Kind } from '@parley/text';

/** What a document is mainly made of; decides what its new provisions are. */
export const TEMPLATES = ['understanding', 'definitions', 'evidence', 'metrics', 'protocol'] as const;
export type Template = (typeof TEMPLATES)[number];

/** Kinds a template offers first when a provision is added. */
export const KIND_OF: Readonly<Record<Template, Kind>> = {
  understanding: 'paragraph', definitions: 'definition', evidence: 'evidence', metrics: 'metric', protocol: 'step',
};
