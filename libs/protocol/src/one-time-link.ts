import { hex, sha256, utf8 } from '@parley/ledger';

/** By what the record knows a one-time link: the lower-case hex SHA-256 of its secret, which is 256 random bits in base64url. */
export const linkOf = (secret: string): string => hex(sha256(utf8(secret)));
