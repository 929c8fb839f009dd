import type { ReactNode } from 'react';

/** A page that says one thing. */
export function NoticePage({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return <main className="notice-page"><div><h1>{title}</h1>{children}</div></main>;
}

export function WaitingPage({ what }: { readonly what: string }) {
  return <main className="notice-page" style={{ color: 'var(--muted)' }}><p role="status" style={{ background: 'none', border: 0, boxShadow: 'none', textAlign: 'center' }}>{what}</p></main>;
}
