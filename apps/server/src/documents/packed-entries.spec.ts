import { describe, expect, it } from 'vitest';
import { packed, unpacked } from './packed-entries.ts';

describe('packed entries', () => {
  it('come out as they went in, and give nothing away that others use', () => {
    // Small buffers of Node share one piece of memory.
    const entries = [3, 9, 10].map((index) => ({ index, leaf: Buffer.from(`leaf ${index}`), blob: Buffer.from(index === 9 ? '' : `blob ${index}`) }));
    const page = packed(entries), there = structuredClone(page, { transfer: [page.bytes] });
    expect(page.bytes.byteLength).toBe(0);
    expect(unpacked(there).map(({ index, leaf, blob }) => [index, Buffer.from(leaf).toString(), Buffer.from(blob).toString()]))
      .toEqual([[3, 'leaf 3', 'blob 3'], [9, 'leaf 9', ''], [10, 'leaf 10', 'blob 10']]);
    expect(entries[0]!.leaf.toString()).toBe('leaf 3');
    expect(unpacked(packed([]))).toEqual([]);
  });
});
