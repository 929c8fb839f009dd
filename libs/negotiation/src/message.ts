/** A sentence by its id, with the values that it names. The words stand with whoever says it. */
export interface Message { readonly id: string }

export const message = <const I extends string, V extends object>(id: I, values: V): { readonly id: I } & Readonly<V> => ({ ...values, id });
