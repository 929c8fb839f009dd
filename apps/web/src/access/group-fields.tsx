import { TextInput } from '@mantine/core';
import type { NewGroup } from '@parley/protocol';

export const GROUP_WRONG = 'The working group and both delegations need a name, and each code up to six capital letters or digits.';
export const SAME_CODES = 'The two delegations need different codes.';

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
    <fieldset className="card"><legend>The working group</legend>
      <div className="fields">
        <TextInput className="wide" name="group" label="Name" placeholder="High-Level Joint Dialogue" required withAsterisk={false} />
        <TextInput name="name1" label="First delegation" placeholder="Azure" required withAsterisk={false} />
        <TextInput name="code1" label="Its code in brackets" placeholder="AZ" maxLength={6} required withAsterisk={false} />
        <TextInput name="name2" label="Second delegation" placeholder="Ochre" required withAsterisk={false} />
        <TextInput name="code2" label="Its code in brackets" placeholder="OC" maxLength={6} required withAsterisk={false} />
      </div>
    </fieldset>
  );
}
