import { describe, expect, it } from 'vitest';
import { mayBePressed, type ControlBox, seenAt, STEADY_MS, UNSEEN } from './control-state.ts';

const place = (top: number): ControlBox => ({ left: 10, top, width: 80, height: 30 });
const presses = (standing: Parameters<typeof mayBePressed>[0], now: number) => [mayBePressed(standing, 'pointer', now), mayBePressed(standing, 'key', now)];

describe('a control that performs', () => {
  it('[N2] is pressed neither by pointer nor by key before it was there for 400 ms', () => {
    expect(STEADY_MS).toBe(400);
    expect(presses(UNSEEN, 10_000)).toEqual([false, false]);
    const seen = seenAt(UNSEEN, place(100), 1_000);
    expect([1_000, 1_399, 1_400].map((now) => presses(seen, now))).toEqual([[false, false], [false, false], [true, true]]);
  });

  it('[N2] that moved is not pressed by a pointer until it has stood still for 400 ms; keys do not care where it stands', () => {
    const moved = seenAt(seenAt(UNSEEN, place(100), 0), place(140), 900);
    expect([901, 1_299, 1_300].map((now) => presses(moved, now))).toEqual([[false, true], [false, true], [true, true]]);
  });

  it('[N2] stays the same while it is seen at the same place, and giving way by a pixel when it is pressed is no movement', () => {
    const seen = seenAt(UNSEEN, place(100), 0);
    expect([seenAt(seen, place(100.4), 300), seenAt(seen, place(101), 300)]).toEqual([seen, seen]);
    expect([1, 2, 3, 4].reduce((standing, moved) => seenAt(standing, place(100 + moved), 300), seen).since).toBe(300);
    expect(seenAt(seen, { ...place(100), height: 44 }, 300).since).toBe(300);
  });
});
