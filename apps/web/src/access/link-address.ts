import { linkOf, secretSchema } from '@parley/protocol';

/** A fresh one-time link: the address to hand over, with the secret in its fragment, which no server is sent; and the hash by which the record knows it. */
export interface NewLink { readonly address: string; readonly link: string }

const base64url = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** To something in a group, made of 256 random bits. */
export function newLink(group: string): NewLink {
  const secret = base64url(crypto.getRandomValues(new Uint8Array(32)));
  return { address: `${window.location.origin}/g/${group}/link#${secret}`, link: linkOf(secret) };
}

/** The secret in this page's address, or null. */
export function secretHere(): string | null {
  const said = window.location.hash.slice(1);
  return secretSchema.safeParse(said).success ? said : null;
}
