import type { DifferenceKind, DifferenceStore } from '../record/difference.store.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { DocumentRow } from '../record/record.store.ts';
import type { RecordLog } from '../record/record-log.ts';

/** Holds the rows that lists read against the record. What cannot be believed is reported, counted anew from the record, and only then shown. */
export class ListCheck {
  /** `recount`: counts a document from the record and writes its row; resolves when that is done or given up. */
  constructor(
    private readonly log: Pick<RecordLog, 'name' | 'listed' | 'lastEntries' | 'overtaken'>, private readonly differences: DifferenceStore,
    private readonly recount: (doc: string) => Promise<void>,
  ) {}

  /** The rows of all documents. One that could not be made again is missing. */
  async rows(): Promise<readonly DocumentRow[]> {
    const { rows, altered, unproven } = await this.log.listed();
    if (altered.length === 0 && unproven.length === 0) return rows;
    await this.mend('list-row', altered);
    await this.mend(null, unproven);
    return (await this.log.listed()).rows;
  }

  /** For the start of a server: also rows that are missing, and rows that an older one has replaced. Gives those that are right. */
  async all(): Promise<readonly DocumentRow[]> {
    await this.mend('old-row', await this.log.overtaken());
    const rows = await this.rows(), listed = new Set(rows.map(({ id }) => id));
    const subjects = [...(await this.log.lastEntries()).keys()], missing = subjects.filter((subject) => subject !== GROUP_SUBJECT && !listed.has(subject));
    await this.mend('no-row', missing);
    return missing.length > 0 ? this.rows() : rows;
  }

  private async mend(kind: DifferenceKind | null, documents: readonly string[]): Promise<void> {
    if (kind) for (const doc of documents) await this.differences.note(kind, this.log.name, doc);
    await Promise.all(documents.map((doc) => this.recount(doc)));
  }
}
