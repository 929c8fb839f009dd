import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { KIND_OF, type RoomName } from '@parley/negotiation';
import { type Kind, KIND_NAME, KINDS, LABEL_LIMIT, LEVEL_LIMIT, type Provision } from '@parley/text';
import { type FormEvent, useState } from 'react';
import { barred, useDocumentContext } from './document-context.ts';
import { ActButton } from '../ui/act-button.tsx';

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
  if (addRefusal !== null) return <ActButton variant="default" refusal={addRefusal} onClick={() => undefined}>Add after</ActButton>;
  return (
    <>
      <Menu position="bottom-start" width={230} returnFocus={false}>
        <Menu.Target><Button variant="default">Add after<span className="hidden-words"> this provision</span><span className="more" aria-hidden="true">▾</span></Button></Menu.Target>
        <Menu.Dropdown>{kinds.map((kind) => <Menu.Item key={kind} onClick={() => editor.current?.addProvision(provision.id, kind)}>{KIND_NAME[kind]}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      {here && refusal !== null ? <ActButton variant="default" refusal={refusal} onClick={() => undefined}>Provision</ActButton> : null}
      {here && refusal === null ? (
        <Menu position="bottom-end" width={230} returnFocus={false}>
          <Menu.Target><Button variant="default">Provision<span className="hidden-words"> as a whole</span><span className="more" aria-hidden="true">▾</span></Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => editor.current?.moveProvision(provision.id, 'up')}>Move up</Menu.Item>
            <Menu.Item onClick={() => editor.current?.moveProvision(provision.id, 'down')}>Move down</Menu.Item>
            <Menu.Item onClick={() => setLabelling(true)}>Label…</Menu.Item>
            <Menu.Item disabled={provision.level === 0} onClick={() => editor.current?.setLevel(provision.id, provision.level - 1)}>Outdent</Menu.Item>
            <Menu.Item disabled={provision.level >= LEVEL_LIMIT} onClick={() => editor.current?.setLevel(provision.id, provision.level + 1)}>Indent</Menu.Item>
            <Menu.Divider />
            <Menu.Label>Kind</Menu.Label>
            {KINDS.filter((k) => k !== provision.kind).map((kind) => <Menu.Item key={kind} onClick={() => editor.current?.setKind(provision.id, kind)}>{KIND_NAME[kind]}</Menu.Item>)}
            <Menu.Divider />
            <Menu.Item color="stop" onClick={() => editor.current?.removeProvision(provision.id)}>{now.document.stage === 'negotiation' ? 'Propose to remove' : 'Remove'}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {!here && now.rooms.common?.by.has(provision.id) ? <ActButton variant="default" refusal={refusal} onClick={() => editor.current?.restoreProvision(provision.id)}>Put back</ActButton> : null}
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
    <Modal opened onClose={onClose} title="Label" size="sm">
      <form className="stack" onSubmit={submit}>
        <TextInput label="What the room calls this provision" description="For instance 1.2, (a) or 2 bis. Nothing renumbers by itself." value={label} onChange={(e) => setLabel(e.currentTarget.value)} maxLength={LABEL_LIMIT} data-autofocus />
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit">Set the label</Button></div>
      </form>
    </Modal>
  );
}
