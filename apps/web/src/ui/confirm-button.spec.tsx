import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { ConfirmButton } from './confirm-button.tsx';

let seat: Seat, performed: number;
const button = (): HTMLElement => document.querySelector<HTMLElement>('[data-confirm]')!;
/** A click of a pointer; one that a key makes has no detail. */
const pointer = (): boolean => button().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
const key = (): void => button().click();
const standsAt = (top: number): void => void vi.spyOn(button(), 'getBoundingClientRect').mockReturnValue({ left: 10, top, width: 80, height: 30 } as DOMRect);

beforeEach(async () => {
  vi.useFakeTimers();
  performed = 0;
  const table = RulesFixture.seated();
  seat = new Seat(table, table.azHead);
  await seat.show(<ConfirmButton onPerform={() => { performed += 1; }} focused>Do it</ConfirmButton>);
  standsAt(100);
});
afterEach(async () => { await seat.leave(); vi.restoreAllMocks(); vi.useRealTimers(); });

describe('[N2] the button that performs', () => {
  it('takes no press, of a pointer or a key, before it was there for 400 ms', async () => {
    for (const wait of [0, 100, 250]) {
      await seat.passes(wait);
      pointer();
      key();
    }
    expect(performed).toBe(0);
    await seat.passes(500);
    pointer();
    key();
    expect(performed).toBe(2);
  });

  it('takes none of a pointer under which it has just moved, though the screen was not drawn since; a key does not care', async () => {
    await seat.passes(1_000);
    standsAt(140);
    pointer();
    expect(performed).toBe(0);
    key();
    expect(performed).toBe(1);
    await seat.passes(300);
    pointer();
    expect(performed).toBe(1);
    await seat.passes(200);
    pointer();
    expect(performed).toBe(2);
  });

  it('takes no repetition of a key that is held down', async () => {
    await seat.passes(1_000);
    const pressed = (repeat: boolean): boolean => button().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat, bubbles: true, cancelable: true }));
    expect([pressed(false), pressed(true)]).toEqual([true, false]);
  });

  it('takes none while what it performs is on its way', async () => {
    await seat.passes(1_000);
    await seat.show(<ConfirmButton onPerform={() => { performed += 1; }} busy>Do it</ConfirmButton>);
    await seat.passes(1_000);
    button().removeAttribute('disabled');
    pointer();
    key();
    expect([performed, button().dataset['armed']]).toEqual([0, 'false']);
  });
});

it('[N4] has the keyboard’s focus when it appears', () => expect(document.activeElement).toBe(button()));
