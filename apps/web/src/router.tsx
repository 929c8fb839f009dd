import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Gate } from './access/gate.tsx';
import { heardOfGroup } from './access/group.ts';
import { useMe } from './access/session.ts';
import { HomePage } from './documents/home-page.tsx';
import { useGroupNews } from './sync/group-news.ts';
import { ErrorPage, NotFoundPage } from './ui/error-page.tsx';
import { WaitingPage } from './ui/notice-page.tsx';

function Inside() {
  const { person } = useMe();
  useGroupNews(person.user, heardOfGroup);
  return <Outlet />;
}

const LinkPage = lazy(async () => ({ default: (await import('./access/link-page.tsx')).LinkPage }));

/** A one-time link is for whoever holds it, signed in or not. */
function Root() {
  const here = useLocation({ select: ({ pathname }) => pathname });
  if (here === '/link') return <Suspense fallback={<WaitingPage what="Opening the link…" />}><LinkPage /></Suspense>;
  return <Gate><Inside /></Gate>;
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });
const link = createRoute({ getParentRoute: () => root, path: '/link' });
const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
const people = createRoute({
  getParentRoute: () => root, path: '/people', component: lazyRouteComponent(() => import('./access/people-page.tsx'), 'PeoplePage'),
});
const openDocument = createRoute({
  getParentRoute: () => root, path: '/open', component: lazyRouteComponent(() => import('./documents/open-document-page.tsx'), 'OpenDocumentPage'),
});

const document = createRoute({
  getParentRoute: () => root, path: '/documents/$doc', component: lazyRouteComponent(() => import('./documents/document-page.tsx'), 'DocumentPage'),
});

/** `at`: the entry that is read; `since`: the entry from which changes are shown. */
export interface HistorySearch { readonly at?: number; readonly since?: number }

const entryNumber = (value: unknown): number | undefined => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined);

const history = createRoute({
  getParentRoute: () => root, path: '/documents/$doc/history',
  validateSearch: (search: Record<string, unknown>): HistorySearch => {
    const at = entryNumber(search['at']), since = entryNumber(search['since']);
    return { ...(at === undefined ? {} : { at }), ...(since === undefined ? {} : { since }) };
  },
  component: lazyRouteComponent(() => import('./record/history-page.tsx'), 'HistoryPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, people, link, openDocument, document, history]),
  defaultPendingComponent: () => <WaitingPage what="Opening…" />,
  defaultErrorComponent: ErrorPage,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
