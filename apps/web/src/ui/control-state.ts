/** How long a control that performs an act must have stood still, in milliseconds. */
export const STEADY_MS = 400;

/** Where a control is on the screen. */
export interface ControlBox { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Where a control was seen last, since when it has been there, and when it first was on the screen. */
export interface ControlState { readonly place: ControlBox | null; readonly since: number; readonly first: number }

export const UNSEEN: ControlState = { place: null, since: Infinity, first: Infinity };

/** A button that is pressed down gives way by a pixel: less than this many are no movement. */
const GIVES_WAY = 3;

const near = (a: number, b: number): boolean => Math.abs(a - b) < GIVES_WAY;
const same = (a: ControlBox | null, b: ControlBox): boolean =>
  a !== null && near(a.left, b.left) && near(a.top, b.top) && near(a.left + a.width, b.left + b.width) && near(a.top + a.height, b.top + b.height);

/** The control is seen at a place: whatever moved it starts its time anew. */
export const seenAt = (before: ControlState, place: ControlBox, now: number): ControlState =>
  same(before.place, place) ? before : { place, since: now, first: before.place === null ? now : before.first };

/** True once a control may be pressed: by a pointer when it has stood still long enough, by a key when it has been there long enough. */
export const mayBePressed = (standing: ControlState, by: 'pointer' | 'key', now: number): boolean =>
  now - (by === 'pointer' ? standing.since : standing.first) >= STEADY_MS;
