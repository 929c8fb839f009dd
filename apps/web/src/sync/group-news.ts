import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connectionFor } from './connection.ts';

/** Calls `heard` when the server says that a working group changed, gathered: several turns in a row are one piece of news. */
export function useGroupNews(user: string, group: string, heard: (queries: ReturnType<typeof useQueryClient>) => void): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = connectionFor(user, group).onGroup(() => { timer ??= setTimeout(() => { timer = undefined; heard(queries); }, 300); });
    return () => { off(); clearTimeout(timer); };
  }, [user, group, heard, queries]);
}
