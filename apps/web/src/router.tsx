import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useCallback } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { RequireSession, RequireSeat } from './access/require-seat.tsx';
import { groupChanged } from './access/group.ts';
import { FormerAddress, GroupsPage } from './access/groups-page.tsx';
import { useMe } from './access/session.ts';
import { GroupPage } from './group/group-page.tsx';
import { useGroupNews } from './sync/group-news.ts';
import { ErrorPage, NotFoundPage } from './access/error-page.tsx';
import { message } from './ui/messages.ts';
import { WaitingPage } from './ui/notice-page.tsx';

const LinkPage = lazy(async () => ({ default: (await import('./access/link-page.tsx')).LinkPage }));
const FormerLinkPage = lazy(async () => ({ default: (await import('./access/link-page.tsx')).FormerLinkPage }));

/** A one-time link is for whoever holds it, signed in or not. */
function Root() {
  const here = useLocation({ select: ({ pathname }) => pathname });
  const [, group] = /^\/g\/([^/]+)\/link$/.exec(here) ?? [];
  if (group !== undefined || here === '/link') return <Suspense fallback={<WaitingPage what={message('ui.openingLink')} />}>{group === undefined ? <FormerLinkPage /> : <LinkPage group={group} />}</Suspense>;
  return <RequireSession><Outlet /></RequireSession>;
}

function InGroup() {
  const { group } = useParams({ from: '/g/$group' });
  return <RequireSeat key={group} group={group}><Inside /></RequireSeat>;
}

function Inside() {
  const { person, groupId } = useMe();
  const changed = useCallback((queries: QueryClient) => groupChanged(queries, groupId), [groupId]);
  useGroupNews(person.user, groupId, changed);
  return <Outlet />;
}

const root = createRootRoute({ component: Root, notFoundComponent: () => <NotFoundPage /> });
const link = createRoute({ getParentRoute: () => root, path: '/link' });
const home = createRoute({ getParentRoute: () => root, path: '/', component: GroupsPage });
const installation = createRoute({
  getParentRoute: () => root, path: '/installation', component: lazyRouteComponent(() => import('./access/installation-page.tsx'), 'InstallationPage'),
});

const documentPage = lazyRouteComponent(() => import('./document/document-page.tsx'), 'DocumentPage');
// It is large: whoever comes to a document has it loaded while the session and the seat are still asked for.
if (/\/documents\/[^/]+$/.test(window.location.pathname)) void documentPage.preload?.();

const group = createRoute({ getParentRoute: () => root, path: '/g/$group', component: InGroup });
const groupHome = createRoute({ getParentRoute: () => group, path: '/', component: GroupPage });
const groupLink = createRoute({ getParentRoute: () => group, path: '/link' });
const people = createRoute({
  getParentRoute: () => group, path: '/people', component: lazyRouteComponent(() => import('./access/people-page.tsx'), 'PeoplePage'),
});
const openDocument = createRoute({
  getParentRoute: () => group, path: '/open', component: lazyRouteComponent(() => import('./group/open-document-page.tsx'), 'OpenDocumentPage'),
});
const awaiting = createRoute({
  getParentRoute: () => group, path: '/awaiting', component: lazyRouteComponent(() => import('./group/awaiting-page.tsx'), 'AwaitingPage'),
});
const document = createRoute({
  getParentRoute: () => group, path: '/documents/$doc', component: documentPage,
});

/** `at`: the entry that is read; `since`: the entry from which changes are shown. */
export interface HistorySearch { readonly at?: number; readonly since?: number }

const entryNumber = (value: unknown): number | undefined => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined);

const history = createRoute({
  getParentRoute: () => group, path: '/documents/$doc/history',
  validateSearch: (search: Record<string, unknown>): HistorySearch => {
    const at = entryNumber(search['at']), since = entryNumber(search['since']);
    return { ...(at === undefined ? {} : { at }), ...(since === undefined ? {} : { since }) };
  },
  component: lazyRouteComponent(() => import('./history/history-page.tsx'), 'HistoryPage'),
});

/** Addresses from when there was one group. */
const former = ['/people', '/open', '/documents/$doc', '/documents/$doc/history'].map((path) => createRoute({ getParentRoute: () => root, path, component: FormerPage }));

function FormerPage() {
  return <FormerAddress rest={window.location.pathname.slice(1)} />;
}

export const router = createRouter({
  routeTree: root.addChildren([home, link, installation, group.addChildren([groupHome, groupLink, people, openDocument, awaiting, document, history]), ...former]),
  defaultPendingComponent: () => <WaitingPage what={message('ui.opening')} />,
  defaultErrorComponent: ErrorPage,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
