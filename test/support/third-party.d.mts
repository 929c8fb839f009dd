export const TAKEN: readonly string[];
export function packages(): { readonly name: string; readonly version: string; readonly licence: string }[];
export function page(): string;
