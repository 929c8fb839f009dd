import { TextInput } from '@mantine/core';
import type { MessageId } from '@parley/messages';
import type { NewGroup } from '@parley/protocol';
import { message } from '../ui/messages.ts';

export const GROUP_WRONG = 'access.groupFields.wrong' satisfies MessageId;
export const SAME_CODES = 'access.groupFields.sameCodes' satisfies MessageId;

/** What the fields say, whether it is right or not. */
export function readGroup(form: FormData): NewGroup {
  const field = (name: string): string => String(form.get(name) ?? '').trim();
  const delegation = (n: number) => ({ code: field(`code${n}`).toUpperCase(), name: field(`name${n}`) });
  return { name: field('group'), delegations: [delegation(1), delegation(2)] };
}

export const sameCodes = ({ delegations: [one, other] }: NewGroup): boolean => one!.code === other!.code;

/** A working group and its two delegations. */
export function GroupFields() {
  return (
    <fieldset className="card"><legend>{message('access.groupFields.title')}</legend>
      <div className="fields">
        <TextInput className="wide" name="group" label={message('access.groupFields.name')} placeholder={message('access.groupFields.name.example')} required withAsterisk={false} />
        <TextInput name="name1" label={message('access.groupFields.first')} placeholder={message('access.groupFields.first.example')} required withAsterisk={false} />
        <TextInput name="code1" label={message('access.groupFields.code')} placeholder={message('access.groupFields.firstCode.example')} maxLength={6} required withAsterisk={false} />
        <TextInput name="name2" label={message('access.groupFields.second')} placeholder={message('access.groupFields.second.example')} required withAsterisk={false} />
        <TextInput name="code2" label={message('access.groupFields.code')} placeholder={message('access.groupFields.secondCode.example')} maxLength={6} required withAsterisk={false} />
      </div>
    </fieldset>
  );
}
