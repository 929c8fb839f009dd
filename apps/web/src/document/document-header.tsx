import { Link } from '@tanstack/react-router';
import { may } from '@parley/negotiation';
import { useMe } from '../access/session.ts';
import { usePresentUsers } from '../sync/document.ts';
import { Header } from '../access/header.tsx';
import { listed, message } from '../ui/messages.ts';
import { PersonMark } from '../ui/party.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';
import { SaveStatus } from './save-status.tsx';
import { UndeliveredTray } from './undelivered-tray.tsx';

export function DocumentHeader() {
  const { now, client, groupId } = useDocumentContext();
  const room = client.ownRoom;
  const writes = room !== null && may(now.actor, 'write', { group: now.group, document: now.document, room }).ok;
  return (
    <Header crumbs={<><li className="group-crumb"><Link to="/g/$group" params={{ group: groupId }}>{now.group.name}</Link></li><li><span aria-current="page" title={now.document.title}><bdi>{now.document.title}</bdi></span></li></>}>
      <StagePill />
      <span className="grow" />
      <UndeliveredTray />
      <SaveStatus client={client} writes={writes} />
      <Here />
      <Link to="/g/$group/documents/$doc/history" params={{ group: groupId, doc: now.document.id }} className="header-link">{message('document.header.history')}</Link>
    </Header>
  );
}

function StagePill() {
  const { now } = useDocumentContext();
  const frozen = now.document.stage === 'drafting' && now.document.basis !== null;
  const [colour, words] = now.document.stage === 'closed' ? ['var(--muted)', message('document.stage.closed')] : now.document.stage === 'negotiation' ? ['var(--agreed)', message('document.stage.negotiation')] : frozen ? ['var(--bracketed)', message('document.stage.frozen')] : ['var(--a)', message('document.stage.drafting')];
  return <span className="pill stage-pill"><span className="dot" aria-hidden="true" style={{ background: colour }} />{words}</span>;
}

/** So many are marked one by one. */
const MARKS = 4;

/** Who is in the document now, besides the reader. */
function Here() {
  const { client, names } = useDocumentContext();
  const { person } = useMe();
  const others = usePresentUsers(client, (present) => present.map(({ user }) => user).filter((user) => user !== person.user));
  if (others.length === 0) return null;
  const all = others.length > MARKS + 1 ? MARKS : others.length, shown = others.slice(0, all), more = others.slice(all);
  return <ul className="marks" aria-label={message('document.header.alsoHere')}>{shown.map((user) => <li key={user}><PersonMark person={names.person(user)} group={names.group} /></li>)}
    {more.length > 0 ? <li className="mark-count" title={listed(more.map((user) => names.name(user)))}>{message('document.header.more', { n: more.length })}</li> : null}
  </ul>;
}
