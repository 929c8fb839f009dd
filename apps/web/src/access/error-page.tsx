import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { NoticePage } from '../ui/notice-page.tsx';

export function ErrorPage({ error }: { readonly error: unknown }) {
  return (
    <NoticePage title={message('access.errorPage.title')}>
      <p>{sentenceOfError(error)}</p>
      <div className="row"><Button onClick={() => window.location.reload()}>{message('ui.tryAgain')}</Button><Button variant="default" onClick={() => window.location.assign('/')}>{message('ui.home')}</Button></div>
    </NoticePage>
  );
}

export function NotFoundPage({ children }: { readonly children?: ReactNode }) {
  return (
    <NoticePage title={message('access.notFound.title')}>
      <p>{message('access.notFound.explanation')}</p>
      {children}
      <Button onClick={() => window.location.assign('/')}>{message('ui.home')}</Button>
    </NoticePage>
  );
}
