import { TheRecordIsAppendOnly1795305600000 } from './1795305600000-the-record-is-append-only.ts';
import { ListsReadDerivedRows1795305600001 } from './1795305600001-lists-read-derived-rows.ts';
import { PeopleSignIn1795305600002 } from './1795305600002-people-sign-in.ts';
import { StatesAreKept1795305600003 } from './1795305600003-states-are-kept.ts';
import { EntriesAreFoundByTheirLeaves1795305600010 } from './1795305600010-entries-are-found-by-their-leaves.ts';
import { AccountsAreRecovered1795305600020 } from './1795305600020-accounts-are-recovered.ts';
import { UserNamesAreFoldedOnce1795305600030 } from './1795305600030-user-names-are-folded-once.ts';
import { GroupsLiveApart1795305600040 } from './1795305600040-groups-live-apart.ts';
import { GroupsAreLeased1795305600050 } from './1795305600050-groups-are-leased.ts';
import { PlacesAreLookedUp1795305600060 } from './1795305600060-places-are-looked-up.ts';
import { LeavesAreReadByPlannedFunctions1795305600070 } from './1795305600070-leaves-are-read-by-planned-functions.ts';
import { WhatWasReadIsKept1795305600080 } from './1795305600080-what-was-read-is-kept.ts';

/** Oldest first. Forward only: a migration that has been released is never edited. */
export const migrations = [
  TheRecordIsAppendOnly1795305600000, ListsReadDerivedRows1795305600001, PeopleSignIn1795305600002, StatesAreKept1795305600003,
  EntriesAreFoundByTheirLeaves1795305600010, AccountsAreRecovered1795305600020, UserNamesAreFoldedOnce1795305600030,
  GroupsLiveApart1795305600040, GroupsAreLeased1795305600050, PlacesAreLookedUp1795305600060, LeavesAreReadByPlannedFunctions1795305600070,
  WhatWasReadIsKept1795305600080,
];
