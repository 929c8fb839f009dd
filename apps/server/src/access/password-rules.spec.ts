import { NO_GROUP } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { FakeGroups, FakeRooms } from '../../../../test/support/fake-rooms.ts';
import { GuessEstimateHere } from './guess-estimate.ts';
import { isMadeOf, PasswordRules } from './password-rules.ts';
import { RequestRefused } from './request-refused.ts';

const rooms = new FakeRooms();
rooms.state = { ...NO_GROUP, name: 'Joint Dialogue', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }] };
const rules = new PasswordRules(new GuessEstimateHere());
const held = (password: string) => rules.hold(password, ['ada.root', 'Ada Root'], new FakeGroups(rooms).all()).then(() => 'taken', (error: unknown) => (error as RequestRefused).refusal);

describe('[Z13] a password that is chosen', () => {
  it.each([
    'passwordpassword', '123456789012345', 'aaaaaaaaaaaaaaaaaa', 'qwertyuiopasdfgh', 'password12345678', 'iloveyouiloveyou', 'administrator123', '1q2w3e4r5t6y7u8i9o0p', `${'a'.repeat(64)}${'b'.repeat(64)}`,
  ])('is refused when it is common or a pattern: %s', async (password) => {
    expect(await held(password)).toBe('guessable-password');
  });

  it.each([
    'Joint Dialogue 2026', 'azureochreazureochre', 'parleyparleyparley', 'Parley-Azure-2026!', 'ada.root ada.root', 'JointDialogueAzureOchre', 'ＪＯＩＮＴ　ＤＩＡＬＯＧＵＥ　１２３', 'AZ-OC AZ-OC AZ-OC AZ-OC', 'toor ada azure ochre',
  ])('is refused when it is made of the group’s own words: %s', async (password) => {
    expect(await held(password)).toBe('guessable-password');
  });

  it.each(['correct horse battery staple', 'a short sentence is a good one', 'another fine password', 'Azure skies over a green valley', '我们在这里写一个很长的句子好吗好的', 'kT9#vLq2@xWm7!pZc'])('is taken when it is one’s own: %s', async (password) => {
    expect(await held(password)).toBe('taken');
  });

  it('does not fail on a name of no letters', () => {
    expect(isMadeOf('correct horse battery staple', ['', '--', ' '])).toBe(false);
  });
});
