/** The participants that the rules of negotiation are tested with, for tests beyond that lib. */
export * from '../../libs/negotiation/test-support/rules-fixture.ts';
