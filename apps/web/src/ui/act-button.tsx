import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface ActButtonProps extends Pick<ButtonProps, 'variant' | 'color' | 'fullWidth' | 'size'> {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** Why it cannot be pressed now, in a sentence; null when it can. */
  readonly refusal: string | null;
  readonly loading?: boolean;
  /** What it acts on, for those who do not see where the button stands. */
  readonly about?: string;
}

/** A button that says why it is not available. It stays in the tab order so that the reason can be heard. */
export function ActButton({ children, onClick, refusal, about, loading, ...look }: ActButtonProps) {
  const reason = useId();
  const button = (
    <Button
      {...look} loading={loading ?? false} aria-disabled={refusal !== null || undefined} data-disabled={refusal !== null || undefined}
      aria-describedby={refusal !== null ? reason : undefined} onClick={refusal === null ? onClick : undefined}
    >
      {children}{about ? <span className="hidden-words"> {about}</span> : null}
    </Button>
  );
  if (refusal === null) return button;
  return <><Tooltip label={refusal}>{button}</Tooltip><span id={reason} className="hidden-words">{refusal}</span></>;
}
