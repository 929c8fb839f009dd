/** Who is here now. */
export abstract class Presences {
  /** The users that are in a document of a group, each once. */
  abstract in(group: string, doc: string): string[];
  /** The users that are connected to a group at all, each once. */
  abstract anywhere(group: string): string[];
}
