import { createContext } from 'react';

/** Told when a first step is opened (1) and when it ends (-1). */
export const StepsOpen = createContext<(change: 1 | -1) => void>(() => undefined);
export const StepsOpenProvider = StepsOpen.Provider;
