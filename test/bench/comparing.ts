import { compareTexts, fillRoom, LANGUAGE, lengthOf, plainSlot, provisionsOf, RoomView, slotOf, textFrom, writeEdits } from '@parley/text';
import { Doc } from 'yjs';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { against, type Row, timed } from './figures.ts';
import { amended, paper, unknown } from './paper.ts';

const PROVISIONS = 300, CHANGED = 100, RECOMPARES = 25;
const KEY = `${LANGUAGE}:text`;

function clocked(act: () => unknown): number {
  const started = performance.now();
  act();
  return performance.now() - started;
}

/** What one keystroke costs where brackets are drawn: the compare alone, and with the room that it is read from. */
export function comparing(keystrokes: number): Row[] {
  const section = `compare, ${PROVISIONS} provisions, ${CHANGED} of them changed`;
  const provisions = paper(PROVISIONS), common = textFrom(provisions), random = seeded(2_026);
  const doc = new Doc();
  fillRoom(doc, amended(provisions, CHANGED), random);
  const view = new RoomView(doc), alone: number[] = [], whole: number[] = [];
  compareTexts(common, view.text);
  for (let n = 0; n < keystrokes; n++) {
    const id = `p${Math.floor(random() * PROVISIONS)}`, at = Math.floor(random() * lengthOf(slotOf(view.text.by.get(id), KEY)));
    const typing = clocked(() => writeEdits(doc, [{ do: 'splice', id, key: KEY, from: at, to: at, insert: plainSlot(n % 6 === 0 ? ' ' : 'e') }], random));
    alone.push(clocked(() => compareTexts(common, view.text)));
    whole.push(typing + alone.at(-1)!);
  }
  const afresh: number[] = [], texts: number[] = [];
  for (let n = 0; n < RECOMPARES; n++) {
    const [theirs, ours] = [unknown(common), unknown(view.text)];
    afresh.push(clocked(() => compareTexts(theirs, ours)));
    texts.push(clocked(() => JSON.stringify(provisionsOf(theirs)) === JSON.stringify(provisionsOf(ours))));
  }
  const baseline = timed(section, 'baseline: is it the same, by JSON.stringify', texts), recompare = timed(section, 'baseline: compare with nothing kept', afresh);
  return [
    against(timed(section, 'one keystroke', alone), baseline), baseline,
    against(timed(section, 'one keystroke, with the room it is typed into', whole), recompare), recompare,
  ];
}
