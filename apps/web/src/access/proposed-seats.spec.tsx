import { MantineProvider } from '@mantine/core';
import { type GroupState, SERVER } from '@parley/negotiation';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { ProposedSeats } from './proposed-seats.tsx';
import type { SeatStepShown } from './seat-step.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const page = vi.hoisted(() => ({ actor: {} as unknown, step: (_now: unknown): unknown => null }));
vi.mock('./session.ts', () => ({ useMe: () => ({ actor: page.actor }) }));
vi.mock('./group.ts', () => ({ useGroupNames: () => ({ name: (user: string) => `Name of ${user}` }) }));
vi.mock('./seat-step.tsx', () => ({ useOpener: () => ({ opened: () => undefined, left: () => undefined }), SeatStep: ({ make }: { readonly make: typeof page.step }) => { page.step = make; return null; } }));

let t: RulesFixture, root: Root;
const proposed = (role: 'auditor' | 'moderator'): void => t.mustOnGroup(SERVER, { t: 'takeSeat', link: t.invites(t.admin, role), user: 'new' });
const step = (group: GroupState): SeatStepShown | null => page.step(group) as SeatStepShown | null;

beforeEach(async () => {
  t = RulesFixture.seated();
  proposed('auditor');
  page.actor = t.ocHead;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(() => Promise.resolve(root.render(<MantineProvider env="test"><ProposedSeats group={t.group} /></MantineProvider>)));
});
afterEach(async () => { await act(() => Promise.resolve(root.unmount())); document.body.replaceChildren(); });

it.each(['Accept', 'Decline'])('[NS9] a proposed seat is answered as it was proposed then, and no other: %s', async (button) => {
  const { at } = t.group.proposed['new']!;
  await act(() => { [...document.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith(button))!.click(); return Promise.resolve(); });
  expect(step(t.group)!.wish).toMatchObject({ t: `${button.toLowerCase()}Seat`, user: 'new', proposedAt: at });
  t.mustOnGroup(t.azHead, { t: 'declineSeat', user: 'new' });
  expect(step(t.group)).toBeNull();
  t.at += 1;
  proposed('auditor');
  expect(step(t.group)).toBeNull();
});
