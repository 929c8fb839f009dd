import { partyOrder, settlementOf } from '@parley/negotiation';
import { nameIn } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message, wording } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { PartyTag, toneOf } from '../ui/party.tsx';
import { ReopeningAnswers } from './settlement-buttons.tsx';

/** Every request to reopen an agreed provision, as a card: who asks, what for, why, and what the reader can answer. */
export function ReopeningCards() {
  const { now, names, setFocus, editor, party } = useDocumentContext();
  const { common } = now.rooms, { group } = now;
  const asked = (common?.list ?? []).flatMap((id) => partyOrder(group).flatMap((by) => { const reopening = settlementOf(now.document, id).reopenings[by]; return reopening ? [{ id, by, reopening }] : []; }));
  if (asked.length === 0) return null;
  return (
    <section aria-label={message('proposals.reopenings.region')}>
      <h2 className="section-title">{message('proposals.reopenings.title', { n: asked.length })}</h2>
      <div className="proposals">
        {asked.map(({ id, by, reopening }) => {
          const name = nameIn(common, id, wording);
          return (
            <article key={`${by} ${id}`} className={`card proposal ${toneOf(group, by)}`} aria-label={message('proposals.reopenings.name', { party: partyName(group, by), place: name })} data-reopening={id}>
              <h3>
                <PartyTag group={group} party={by} own={by === party} />
                <button type="button" className="place" onClick={() => { setFocus(id); editor.current?.scrollTo(id); }}>{message('proposals.card.goTo', { hidden: (inside) => <span className="hidden-words">{inside}</span>, place: <bdi>{name}</bdi> })}</button>
                <small className="quiet">{message('proposals.reopening.by', { name: names.name(reopening.user), at: <Moment at={reopening.at} /> })}</small>
              </h3>
              <p className="wanted">{message('proposals.reopenings.wants', { because: reopening.reason ? 'yes' : 'no', bdi: (inside) => <bdi>{inside}</bdi>, reason: reopening.reason })}</p>
              <div className="row acts"><ReopeningAnswers provision={id} by={by} title={name} /></div>
            </article>
          );
        })}
      </div>
    </section>
  );
}
