import { partyName, positionRoom, settlementOf, standingOf } from '@parley/negotiation';
import { belongsTo, KIND_NAME, titleOf } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { ProvisionTools } from '../provisions/provision-tools.tsx';
import { Moment } from '../ui/moment.tsx';
import { PartyCode } from '../ui/party.tsx';
import { STANDING_LETTER, STANDING_NAME } from '../ui/progress.tsx';
import { excerpt } from '../ui/words.ts';
import { placeName } from './describe.ts';
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
    return <section className="card provision-card" aria-label="Provision"><p className="quiet" style={{ margin: 0 }}>{party === null ? 'Choose a provision to see how it stands.' : 'Place the caret in a provision to see how it stands and what you can do with it.'}</p></section>;
  }
  const title = titleOf(provision), holder = [own, common, ...Object.values(now.rooms)].find((text) => text?.by.has(provision.id)), name = placeName(holder, provision.id);
  const shown = provision.label ? name : belongsTo(holder, provision.id);
  return (
    <section className="card provision-card" aria-label={`Provision ${name}`}>
      <h2>{shown ? <small><bdi>{shown}</bdi></small> : null}<span>{title ? excerpt(title, 70) : <i className="quiet">empty {KIND_NAME[provision.kind]}</i>}</span></h2>
      {negotiating ? <Settled provision={provision.id} /> : null}
      <div className="row acts" key={provision.id}>
        {negotiating ? <SettlementButtons provision={provision.id} title={name} /> : null}
        {party === null ? null : <ProvisionTools provision={provision} room={negotiating ? positionRoom(party) : 'working'} />}
      </div>
    </section>
  );
}

function Settled({ provision }: { readonly provision: string }) {
  const { now, names } = useDocumentContext();
  const standing = standingOf(now, provision);
  const settled = settlementOf(now.document, provision);
  const besides = openBesides(now, provision);
  const said = (user: string, at: number) => <>{names.name(user)}, <Moment at={at} /></>;
  return (
    <>
      <span className="standing">
        {standing === null ? <span>Proposed; not in the common text</span> : <><span className={`dot ${standing}`} aria-hidden="true" /><span>{STANDING_LETTER[standing]} · {STANDING_NAME[standing]}</span></>}
      </span>
      {besides.length > 0 ? <p className="note">Still open: {besides.join('; ')}. {standing === 'clean' ? 'Agreeing settles the words alone.' : ''}</p> : null}
      <ul className="consents">
        {Object.entries(settled.consents).map(([party, mark]) => <li key={party}><PartyCode group={now.group} party={party} /> {partyName(now.group, party)} agreed ad referendum · {said(mark.user, mark.at)}</li>)}
        {settled.approved ? <li>✓ Approved · {said(settled.approved.user, settled.approved.at)}</li> : null}
        {Object.entries(settled.reopenings).map(([party, asked]) => <li key={`${party} asks`}><PartyCode group={now.group} party={party} /> {partyName(now.group, party)} asks to reopen · {said(asked.user, asked.at)}{asked.reason ? <>: “{asked.reason}”</> : null}</li>)}
      </ul>
    </>
  );
}
