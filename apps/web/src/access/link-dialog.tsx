import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { message } from '../ui/messages.ts';

/** A fresh one-time link, to be handed over. It can be read here and nowhere else. */
export function LinkDialog({ address, title, advice, onClose }: { readonly address: string; readonly title: string; readonly advice: string; readonly onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard?.writeText(address).then(() => setCopied(true), () => undefined);
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <p>{message('access.linkDialog.advice', { advice })}</p>
      <TextInput label={message('access.linkDialog.link')} readOnly value={address} onFocus={(e) => e.currentTarget.select()} data-autofocus />
      <div className="row" style={{ justifyContent: 'flex-end', marginTop: 12 }}>
        <span role="status" className="quiet">{copied ? message('access.linkDialog.copied') : ''}</span>
        <Button variant="default" onClick={copy}>{message('ui.copy')}</Button>
        <Button onClick={onClose}>{message('access.linkDialog.done')}</Button>
      </div>
    </Modal>
  );
}
