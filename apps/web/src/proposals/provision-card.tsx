import { type Attribution, positionRoom, settlementOf, standingOf } from '@parley/negotiation';
import { belongsTo, titleOf } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { ProvisionTools } from '../provisions/provision-tools.tsx';
import { StackProvision } from '../provisions/stacking.tsx';
import { message, wording } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { PartyCode } from '../ui/party.tsx';
import { standingLetter, standingName } from '../ui/progress.tsx';
import { excerpt } from '../ui/words.ts';
import { inRow, placeName } from './describe.ts';
import { openBesides } from './open-besides.ts';
import { SettlementButtons } from './settlement-buttons.tsx';

/** The provision in focus: how it stands, by whose act, and what can be done with it as a whole. */
export function ProvisionCard() {
  const { now, focus, client, party } = useDocumentContext();
  const negotiating = now.document.stage === 'negotiation';
  const own = client.ownRoom ? now.rooms[client.ownRoom] : undefined;
  const common = negotiating ? now.rooms.common : now.rooms.working;
  const anywhere = Object.values(now.rooms).map((text) => (focus === null ? undefined : text?.by.get(focus))).find(Boolean);
  const provision = focus === null ? undefined : (own?.by.get(focus) ?? common?.by.get(focus) ?? anywhere);
  if (!provision) {
    return <section className="card provision-card" aria-label={message('proposals.provision.region')}><p className="quiet" style={{ margin: 0 }}>{message(party === null ? 'proposals.provision.choose' : 'proposals.provision.placeCaret')}</p></section>;
  }
  const title = titleOf(provision), holder = [own, common, ...Object.values(now.rooms)].find((text) => text?.by.has(provision.id)), name = placeName(holder, provision.id);
  const shown = provision.label ? name : belongsTo(holder, provision.id, wording);
  return (
    <section className="card provision-card" aria-label={message('proposals.provision.name', { place: name })}>
      <h2>{shown ? <small><bdi>{shown}</bdi></small> : null}<span>{title ? excerpt(title, 70) : <i className="quiet">{message('text.kind.empty', { kind: provision.kind })}</i>}</span></h2>
      {negotiating ? <Settled provision={provision.id} /> : null}
      <div className="row acts" key={provision.id}>
        {negotiating ? <SettlementButtons provision={provision.id} title={name} /> : null}
        {party === null ? null : <ProvisionTools provision={provision} room={negotiating ? positionRoom(party) : 'working'} />}
        {negotiating ? <StackProvision provision={provision.id} /> : null}
      </div>
    </section>
  );
}

function Settled({ provision }: { readonly provision: string }) {
  const { now, names } = useDocumentContext();
  const standing = standingOf(now, provision);
  const settled = settlementOf(now.document, provision);
  const besides = openBesides(now, provision);
  const by = (party: string) => ({ code: <PartyCode group={now.group} party={party} />, party: partyName(now.group, party) });
  const said = ({ user, at }: Attribution) => ({ name: names.name(user), at: <Moment at={at} /> });
  return (
    <>
      <span className="standing">
        {standing === null ? <span>{message('proposals.provision.proposed')}</span> : <><span className={`dot ${standing}`} aria-hidden="true" /><span>{message('proposals.provision.standing', { letter: standingLetter(standing), standing: standingName(standing) })}</span></>}
      </span>
      {besides.length > 0 ? <p className="note">{message(standing === 'clean' ? 'proposals.provision.besidesClean' : 'proposals.provision.besides', { things: inRow(besides) })}</p> : null}
      <ul className="consents">
        {Object.entries(settled.consents).map(([party, mark]) => <li key={party}>{message('proposals.provision.agreed', { ...by(party), ...said(mark) })}</li>)}
        {settled.approved ? <li>{message('proposals.provision.approved', said(settled.approved))}</li> : null}
        {Object.entries(settled.reopenings).map(([party, asked]) => <li key={`${party} asks`}>{message('proposals.provision.asks', { ...by(party), ...said(asked), because: asked.reason ? 'yes' : 'no', reason: asked.reason })}</li>)}
      </ul>
    </>
  );
}
