import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { KIND_OF, type RoomName } from '@parley/negotiation';
import { type Kind, KINDS, LABEL_LIMIT, LEVEL_LIMIT, type Provision } from '@parley/text';
import { type FormEvent, type ReactNode, useState } from 'react';
import { barred, useDocumentContext } from './document-context.ts';
import { ActButton } from '../ui/act-button.tsx';
import { message } from '../ui/messages.ts';
import { ICON } from '../ui/icon.ts';

const hidden = (inside: ReactNode) => <span className="hidden-words">{inside}</span>;

interface ToolsProps { readonly provision: Provision; readonly room: RoomName }

/** Adding, removing, moving and renaming whole provisions in the own text; in negotiation each is a proposal. */
export function ProvisionTools({ provision, room }: ToolsProps) {
  const context = useDocumentContext();
  const { editor, now } = context;
  const [labelling, setLabelling] = useState(false);
  const here = now.rooms[room]?.by.has(provision.id) ?? false;
  const refusal = barred(context, 'write', { room, provision: provision.id });
  const addRefusal = barred(context, 'write', { room });
  const first = KIND_OF[now.document.template];
  const kinds: Kind[] = [first, ...KINDS.filter((k) => k !== first)];
  if (addRefusal !== null) return <ActButton variant="default" refusal={addRefusal} onClick={() => undefined}>{message('provisions.tools.addAfter.refused')}</ActButton>;
  return (
    <>
      <Menu position="bottom-start" width={230} returnFocus={false}>
        <Menu.Target><Button variant="default">{message('provisions.tools.addAfter', { hidden })}<span className="more" aria-hidden="true">{ICON.opens}</span></Button></Menu.Target>
        <Menu.Dropdown>{kinds.map((kind) => <Menu.Item key={kind} onClick={() => editor.current?.addProvision(provision.id, kind)}>{message('text.kind.name', { kind })}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      {here && refusal !== null ? <ActButton variant="default" refusal={refusal} onClick={() => undefined}>{message('provisions.tools.provision.refused')}</ActButton> : null}
      {here && refusal === null ? (
        <Menu position="bottom-end" width={230} returnFocus={false}>
          <Menu.Target><Button variant="default">{message('provisions.tools.provision', { hidden })}<span className="more" aria-hidden="true">{ICON.opens}</span></Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => editor.current?.moveProvision(provision.id, 'up')}>{message('provisions.tools.moveUp')}</Menu.Item>
            <Menu.Item onClick={() => editor.current?.moveProvision(provision.id, 'down')}>{message('provisions.tools.moveDown')}</Menu.Item>
            <Menu.Item onClick={() => setLabelling(true)}>{message('provisions.tools.label')}</Menu.Item>
            <Menu.Item disabled={provision.level === 0} onClick={() => editor.current?.setLevel(provision.id, provision.level - 1)}>{message('provisions.tools.outdent')}</Menu.Item>
            <Menu.Item disabled={provision.level >= LEVEL_LIMIT} onClick={() => editor.current?.setLevel(provision.id, provision.level + 1)}>{message('provisions.tools.indent')}</Menu.Item>
            <Menu.Divider />
            <Menu.Label>{message('provisions.tools.kind')}</Menu.Label>
            {KINDS.filter((k) => k !== provision.kind).map((kind) => <Menu.Item key={kind} onClick={() => editor.current?.setKind(provision.id, kind)}>{message('text.kind.name', { kind })}</Menu.Item>)}
            <Menu.Divider />
            <Menu.Item color="stop" onClick={() => editor.current?.removeProvision(provision.id)}>{message(now.document.stage === 'negotiation' ? 'provisions.tools.proposeToRemove' : 'provisions.tools.remove')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {!here && now.rooms.common?.by.has(provision.id) ? <ActButton variant="default" refusal={refusal} onClick={() => editor.current?.restoreProvision(provision.id)}>{message('provisions.tools.putBack')}</ActButton> : null}
      {labelling ? <LabelDialog provision={provision} onClose={() => setLabelling(false)} onLabel={(label) => editor.current?.setLabel(provision.id, label)} /> : null}
    </>
  );
}

interface LabelProps { readonly provision: Provision; readonly onClose: () => void; readonly onLabel: (label: string) => void }

function LabelDialog({ provision, onClose, onLabel }: LabelProps) {
  const [label, setLabel] = useState(provision.label);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onLabel(label.trim());
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={message('provisions.label.title')} size="sm">
      <form className="stack" onSubmit={submit}>
        <TextInput label={message('provisions.label.field')} description={message('provisions.label.description')} value={label} onChange={(e) => setLabel(e.currentTarget.value)} maxLength={LABEL_LIMIT} data-autofocus />
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={onClose}>{message('ui.cancel')}</Button><Button type="submit">{message('provisions.label.set')}</Button></div>
      </form>
    </Modal>
  );
}
