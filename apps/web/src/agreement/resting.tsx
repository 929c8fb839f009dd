import { type ProposalGroup, REST_MS, secondsOfRest } from '@parley/negotiation';
import { useEffect, useState } from 'react';
import { useDesk } from '../documents/desk.ts';
import { sceneOf } from '../sync/document.ts';

/** How long words have to rest yet, by this browser's clock; the server decides by its own. */
export function useRest(open: ProposalGroup): number {
  const { client } = useDesk();
  const [, again] = useState(0);
  const scene = sceneOf(client);
  const seconds = Math.min(REST_MS / 1_000, secondsOfRest(scene, open.parts, scene.typedAt, scene.at));
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => again((n) => n + 1), 1_000);
    return () => clearTimeout(timer);
  });
  return seconds;
}

/** Says when words that were typed just now can be accepted. */
export function Resting({ open }: { readonly open: ProposalGroup }) {
  const seconds = useRest(open);
  return seconds > 0 ? <p className="note">Typed just now: can be accepted in {seconds} s.</p> : null;
}
