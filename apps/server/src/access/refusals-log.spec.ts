import { expect, it, vi } from 'vitest';
import { noteRefused } from './refusals-log.ts';

it('[Z16] says who was refused what by which rule, ten times at once and then seldom, each user for himself', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const lines: string[] = [], write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => { lines.push(String(line)); return true; });
  try {
    for (let n = 0; n < 50; n++) noteRefused('act', 'ana', 'role-forbids', { doc: 'd1' });
    noteRefused('act', 'bo', 'role-forbids');
    noteRefused('update', 'ana', 'foreign-update', { doc: 'd1', room: 'working' });
    expect(lines).toHaveLength(12);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', event: 'act refused', user: 'ana', rule: 'role-forbids', doc: 'd1' });
    vi.setSystemTime(Date.now() + 6_000);
    noteRefused('act', 'ana', 'role-forbids');
    expect(lines).toHaveLength(13);
  } finally {
    write.mockRestore();
    vi.useRealTimers();
  }
});
