import { Button, Modal, Textarea } from '@mantine/core';
import { cleanLines } from '@parley/text';
import { type FormEvent, useState } from 'react';

interface ReasonProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSay: (reason: string) => void;
  readonly busy: boolean;
  readonly title: string;
  readonly explanation: string;
  readonly action: string;
  readonly optional?: boolean;
}

/** Asks for the reason of an act. It goes on the record for everybody in the group. */
export function ReasonDialog({ opened, onClose, onSay, busy, title, explanation, action, optional = false }: ReasonProps) {
  const [reason, setReason] = useState('');
  const missing = !optional && reason.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing) onSay(cleanLines(reason).trim());
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form onSubmit={submit} className="stack">
        <p style={{ margin: 0 }}>{explanation}</p>
        <Textarea label={optional ? 'Reason (may stay empty)' : 'Reason'} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={2_000} autosize minRows={3} data-autofocus />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={busy} disabled={missing}>{action}</Button>
        </div>
      </form>
    </Modal>
  );
}
