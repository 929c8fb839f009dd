/** Who is here now. */
export abstract class Presences {
  /** The users that are in a document, each once. */
  abstract in(doc: string): string[];
  /** The users that are connected at all, each once. */
  abstract anywhere(): string[];
}
