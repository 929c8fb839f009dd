import { Button, Modal, Textarea } from '@mantine/core';
import { cleanLines } from '@parley/text';
import { useState } from 'react';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { message } from '../ui/messages.ts';

interface ReasonProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSay: (reason: string) => void;
  readonly busy: boolean;
  /** Why the act was not done, in a sentence. */
  readonly refused?: string | null;
  readonly title: string;
  readonly explanation: string;
  readonly action: string;
  readonly optional?: boolean;
}

/** Asks for the reason of an act, which it then performs: the second of its two steps. The reason goes on the record for everybody in the group. */
export function ReasonDialog({ opened, onClose, onSay, busy, refused = null, title, explanation, action, optional = false }: ReasonProps) {
  const [reason, setReason] = useState('');
  const missing = !optional && reason.trim() === '';
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <div className="stack">
        <p style={{ margin: 0 }}>{explanation}</p>
        <Textarea label={message(optional ? 'proposals.reason.optional' : 'proposals.reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={2_000} autosize minRows={3} data-autofocus />
        {refused === null ? null : <p role="alert" className="step-moved">{refused}</p>}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>{message('ui.cancel')}</Button>
          <ConfirmButton busy={busy} disabled={missing} onPerform={() => onSay(cleanLines(reason).trim())}>{action}</ConfirmButton>
        </div>
      </div>
    </Modal>
  );
}
