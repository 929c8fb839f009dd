/** The version of the rules in this folder. Raise it when `decide` gives another outcome for some act than it did; entries name the version that decided them. */
export const RULES_VERSION = 2;
