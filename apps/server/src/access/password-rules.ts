import { Injectable } from '@nestjs/common';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { GuessEstimate } from './guess-estimate.ts';
import { RequestRefused } from './request-refused.ts';

/** Fewer guesses than this, as zxcvbn estimates them, are within reach of somebody who has the hashes. */
const GUESSES_LOG10 = 10;
/** So many letters and digits besides names make a password one's own. */
const OWN_CHARACTERS = 8;
const SHORTEST_NAME = 2;
const PRODUCT = ['parley'];

/** Which passwords may be chosen (Z13). Length and well-formedness are in the schema of the request. */
@Injectable()
export class PasswordRules {
  constructor(private readonly guesses: GuessEstimate) {}

  /** Refuses, as `guessable-password`, a password that a guesser tries early: a common one, a pattern, or one made of `known` names (the person's own) and those of `groups`, which the person knows, and of their delegations. */
  async hold(password: string, known: readonly string[], groups: readonly WorkingGroup[]): Promise<void> {
    const names = [...PRODUCT, ...known, ...groups.flatMap(namesIn)];
    if (isMadeOf(password, names) || await this.guesses.log10(password, names, known[0] ?? '') < GUESSES_LOG10) throw new RequestRefused('guessable-password');
  }
}

function namesIn({ rooms }: WorkingGroup): string[] {
  const { name, delegations } = rooms.group();
  return [name, ...delegations.flatMap((delegation) => [delegation.code, delegation.name])];
}

/** Whether little is left of a password when the words of `names` are taken out of it. */
export function isMadeOf(password: string, names: readonly string[]): boolean {
  const words = names.flatMap((name) => [plain(name), ...name.split(/[^\p{L}\p{N}]+/u).map(plain)]).filter((word) => [...word].length >= SHORTEST_NAME);
  const longestFirst = [...new Set(words)].sort((one, other) => other.length - one.length);
  const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), plain(password));
  return new Set(left.replaceAll(/[^\p{L}]/gu, '')).size < OWN_CHARACTERS && longestFirst.some((word) => plain(password).includes(word));
}

/** Letters and digits, folded: how a name is written does not make it another. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
