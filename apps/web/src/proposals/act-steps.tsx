import type { DocumentClient } from '@parley/sync';
import { type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { refusedNow, useDocumentContext } from '../provisions/document-context.ts';
import { ActButton } from '../ui/act-button.tsx';
import { message } from '../ui/messages.ts';
import { StepPanel } from '../ui/step-panel.tsx';
import type { ActWish } from '../sync/perform.ts';
import { StepsOpen } from './steps-open.ts';
import { useAct } from './use-act.ts';
import { type Steps, useSteps } from './use-steps.ts';

/** One way to perform what is shown: the first is the coloured one. */
export interface ActWay { readonly label: string; readonly wish: ActWish }

/** What the first step of an act holds and shows. */
export interface StepOf<T> {
  readonly title: string;
  readonly color?: string;
  readonly make: (client: DocumentClient) => T | null;
  readonly ways: (shown: T) => readonly ActWay[];
  readonly onDone?: (shown: T) => void;
  /** What has changed since it was shown, where that says more than what would be shown now. */
  readonly changed?: (shown: T) => ReactNode;
  readonly more?: ReactNode;
  /** The keyboard's focus stays where it is when it opens. */
  readonly quiet?: boolean;
  readonly children: (shown: T) => ReactNode;
}

/** The first step while it is open. */
export function ActStep<T>({ steps: { shown, now, open, leave, performing }, title, color, ways, onDone, onLeave, changed, more, quiet = false, children }: Omit<StepOf<T>, 'make'> & { readonly steps: Steps<T>; readonly onLeave?: () => void }) {
  const act = useAct();
  const told = useContext(StepsOpen), isOpen = shown !== null;
  useEffect(() => {
    if (!isOpen) return;
    told(1);
    return () => told(-1);
  }, [isOpen, told]);
  if (!shown) return null;
  const { value, moved } = shown;
  const perform = async (wish: ActWish): Promise<void> => {
    performing(true);
    const done = await act.perform(wish);
    if (done) onDone?.(value);
    if (done) leave();
    performing(false);
  };
  return (
    <StepPanel
      title={title} busy={act.busy} moved={moved && !act.busy} refused={act.refused} onLeave={() => { leave(); onLeave?.(); }} onAgain={open} changed={moved ? (changed?.(value) ?? (now === null ? null : <><b>{message('proposals.step.now')}</b>{children(now)}</>)) : null} more={more} quiet={quiet}
      ways={ways(value).map(({ label, wish }) => ({ label, perform: () => void perform(wish), ...(color ? { color } : {}) }))}
    >
      {children(value)}
    </StepPanel>
  );
}

interface ActStepsProps<T> extends StepOf<T> {
  /** What the button says that opens the first step. */
  readonly label: ReactNode;
  readonly about?: string;
  readonly fullWidth?: boolean;
  readonly plain?: boolean;
  /** Why it is closed to the reader now; undefined: the rules are asked about the act itself. */
  readonly refusal?: string | null;
  /** The first step was opened on what the client holds now. */
  readonly onOpen?: (client: DocumentClient) => void;
}

/** A button that opens the first step in its own place, and the step. The focus comes back to the button when it is left. */
export function ActSteps<T>({ label, about, fullWidth = false, plain = false, refusal, onOpen, ...step }: ActStepsProps<T>) {
  const context = useDocumentContext();
  const { open, ...rest } = useSteps(step.make);
  const steps = { ...rest, open: () => { open(); onOpen?.(context.client); } };
  const [left, setLeft] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!left || steps.shown) return;
    place.current?.querySelector('button')?.focus();
    setLeft(false);
  }, [left, steps.shown]);
  if (steps.shown) return <ActStep steps={steps} {...step} onLeave={() => setLeft(true)} />;
  const look = plain ? { variant: 'default' } : { color: step.color ?? 'agreed' };
  return (
    <span ref={place} className={fullWidth ? 'act-place wide' : 'act-place'}>
      <ActButton {...look} fullWidth={fullWidth} refusal={refusal === undefined ? firstRefusal(context, step) : refusal} onClick={steps.open} {...(about === undefined ? {} : { about })}>{label}</ActButton>
    </span>
  );
}

function firstRefusal<T>(context: ReturnType<typeof useDocumentContext>, { make, ways }: StepOf<T>): string | null {
  const asking = make(context.client), [first] = asking === null ? [] : ways(asking);
  return first ? refusedNow(context, first.wish) : null;
}
