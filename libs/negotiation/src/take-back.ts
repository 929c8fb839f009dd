import { digestOf } from '@parley/text';
import type { ActOf } from './act.ts';
import type { Outcome } from './outcome.ts';
import { settlementOf } from './document.ts';
import type { DocumentEvent } from './document-event.ts';
import { SETTLEMENTS, settlementStateOf, step } from './lifecycle.ts';
import { partyOf } from './party.ts';
import { isLocked } from './policy.ts';
import { grant, refuse, type Verdict } from './refusal.ts';
import type { Scene } from './scene.ts';
import { hasMoved } from './settle.ts';

/** A head takes back a consent of its delegation that has not yet brought about what it was given for. */
export function decideTakingBack({ consent }: ActOf<'takeBackConsent'>, scene: Scene): Verdict<Outcome> {
  const { document, actor } = scene;
  const party = partyOf(actor)!;
  switch (consent.on) {
    case 'provision': {
      const { provision } = consent, common = scene.rooms.common?.by.get(provision);
      if (isLocked(document, provision)) return refuse('provision-locked');
      if (!settlementOf(document, provision).consents[party]) return refuse('nothing-pending');
      if (common && hasMoved(consent.digest, digestOf(common))) return refuse('text-moved');
      const passage = step(SETTLEMENTS, settlementStateOf(document, provision), 'takeBack');
      return passage.ok ? done({ e: 'consentTakenBack', provision, party }) : passage;
    }
    case 'parts': {
      const kept = Object.hasOwn(document.partConsents, consent.key) ? document.partConsents[consent.key] : undefined;
      return kept?.by[party] ? done({ e: 'partsConsentEnded', key: consent.key, names: kept.names, party }) : refuse('nothing-pending');
    }
    case 'closing': {
      const { closing } = document;
      return closing?.id === consent.closing && closing.assents[party] ? done({ e: 'closingAssentEnded', party }) : refuse('nothing-pending');
    }
  }
}

const done = (event: DocumentEvent): Verdict<Outcome> => grant({ events: [event], edits: [] });
