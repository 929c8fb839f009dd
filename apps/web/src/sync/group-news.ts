import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connectionFor } from './connection.ts';

/** Calls `changed` when the server says that a working group changed, gathered: several commits in a row are one piece of news. */
export function useGroupNews(user: string, group: string, changed: (queries: ReturnType<typeof useQueryClient>) => void): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = connectionFor(user, group).onGroup(() => { timer ??= setTimeout(() => { timer = undefined; changed(queries); }, 300); });
    return () => { off(); clearTimeout(timer); };
  }, [user, group, changed, queries]);
}
