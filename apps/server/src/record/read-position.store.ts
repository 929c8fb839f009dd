/**
 * Up to which entry of the shared log people have said that they read a document. Each person's own: it stands in no log, and nobody else is told of it. What it says of
 * a document that somebody does not read is never asked for.
 */
export abstract class ReadPositionStore {
  /** Of all documents of a group that a person has read in, by document. */
  abstract of(user: string, group: string): Promise<ReadonlyMap<string, number>>;
  /** Moves a person's position forward; never back: of two pages the one that has read further counts. */
  abstract advance(user: string, group: string, doc: string, entry: number): Promise<void>;
}
