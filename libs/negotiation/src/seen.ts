/** True when what an act was shown with is not what stands now. Older acts do not say. */
export const hasMoved = (seen: string | undefined, now: string | null): boolean => seen !== undefined && seen !== now;
