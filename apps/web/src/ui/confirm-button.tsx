import { Button, type ButtonProps } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { mayBePressed, type ControlBox, seenAt, UNSEEN } from './control-state.ts';

interface ConfirmProps extends Pick<ButtonProps, 'variant' | 'color'> {
  readonly children: ReactNode;
  readonly onPerform: () => void;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** Takes the keyboard's focus when it appears. */
  readonly focused?: boolean;
  /** The id of what is read with it. */
  readonly describedBy?: string;
}

function placeOf(button: HTMLElement): ControlBox {
  const { left, top, width, height } = button.getBoundingClientRect();
  return { left, top, width, height };
}

/**
 * The second step of an act: the only button that performs. It takes no press before it was on the screen for 400 ms, none of a pointer under which it has just
 * moved, and no repetition of a key that is held down (N2).
 */
export function ConfirmButton({ children, onPerform, busy = false, disabled = false, focused = false, describedBy, ...look }: ConfirmProps) {
  const button = useRef<HTMLButtonElement>(null);
  const standing = useRef(UNSEEN);
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    let frame = 0;
    const look = (now: number): void => {
      if (button.current) standing.current = seenAt(standing.current, placeOf(button.current), now);
      setArmed(mayBePressed(standing.current, 'pointer', now));
      frame = requestAnimationFrame(look);
    };
    look(performance.now());
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => { if (focused) button.current?.focus({ preventScroll: true }); }, [focused]);
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    const now = performance.now();
    standing.current = seenAt(standing.current, placeOf(event.currentTarget), now);
    if (!busy && mayBePressed(standing.current, event.detail === 0 ? 'key' : 'pointer', now)) onPerform();
  };
  const keyed = (event: KeyboardEvent): void => { if (event.repeat) event.preventDefault(); };
  return (
    <Button {...look} ref={button} type="button" loading={busy} disabled={disabled} className="confirm" data-confirm data-autofocus={focused || undefined} data-armed={armed && !busy && !disabled} aria-describedby={describedBy} onClick={press} onKeyDown={keyed}>
      {children}
    </Button>
  );
}
