import { Button } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { ConfirmButton } from './confirm-button.tsx';
import { message } from './messages.ts';
import './step-panel.css';

/** One way to perform what the panel shows. */
export interface Way { readonly label: ReactNode; readonly perform: () => void; readonly color?: string; readonly disabled?: boolean }

interface StepProps {
  readonly title: string;
  readonly ways: readonly Way[];
  readonly busy: boolean;
  /** What was shown is not what stands now: nothing can be performed before it was shown anew. */
  readonly moved: boolean;
  /** Why the act was not done, in a sentence. */
  readonly refused: string | null;
  readonly onLeave: () => void;
  readonly onAgain: () => void;
  /** What has changed meanwhile, where the page knows. */
  readonly changed?: ReactNode;
  /** The keyboard's focus stays where it is. */
  readonly quiet?: boolean;
  /** What is said to have changed: the text, unless it is something else. */
  readonly movedSays?: string;
  /** Other things to do from here. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

/**
 * The first step of an act, in place: what will be done, and the buttons that do exactly that. The keyboard's focus comes here, a screen reader hears all of it,
 * Escape leaves.
 */
export function StepPanel({ title, ways, busy, moved, refused, onLeave, onAgain, changed, movedSays = message('ui.step.moved'), more, quiet = false, children }: StepProps) {
  const heading = useId(), words = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => { panel.current?.scrollIntoView({ block: 'nearest' }); }, []);
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    <div className="step" role="group" aria-labelledby={heading} ref={panel} onKeyDown={escape}>
      <p className="section-title" id={heading}>{title}</p>
      <div id={words}>{children}</div>
      {moved ? <div role="alert" className="step-moved"><p>{movedSays}</p>{changed}</div> : null}
      {refused !== null && !moved ? <p role="alert" className="step-moved">{refused}</p> : null}
      <div className="row">
        {moved
          ? <Button variant="default" autoFocus onClick={onAgain}>{message('ui.step.showNow')}</Button>
          : ways.map(({ label, perform, color = 'agreed', disabled = false }, i) => (
            <ConfirmButton key={i} {...(i === 0 ? { color } : { variant: 'default' })} onPerform={perform} busy={busy} disabled={disabled} focused={i === 0 && !quiet} describedBy={`${heading} ${words}`}>{label}</ConfirmButton>
          ))}
        {moved ? null : more}
        <Button variant="subtle" onClick={onLeave}>{message('ui.notNow')}</Button>
      </div>
    </div>
  );
}
