import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { NoticePage } from '../ui/notice-page.tsx';

export function ErrorPage({ error }: { readonly error: unknown }) {
  return (
    <NoticePage title="This page cannot be shown">
      <p>{sentenceOfError(error)}</p>
      <div className="row"><Button onClick={() => window.location.reload()}>Try again</Button><Button variant="default" onClick={() => window.location.assign('/')}>Home</Button></div>
    </NoticePage>
  );
}

export function NotFoundPage({ children }: { readonly children?: ReactNode }) {
  return (
    <NoticePage title="Nothing here">
      <p>There is nothing at this address that you can see.</p>
      {children}
      <Button onClick={() => window.location.assign('/')}>Home</Button>
    </NoticePage>
  );
}
