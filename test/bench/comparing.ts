import { AUTHENTIC_LANGUAGE, compareSlots, compareTexts, fillRoom, lengthOf, linksOf, plainSlot, provisionsOf, RoomView, slotOf, type Text, textFrom, textOf, writeEdits } from '@parley/text';
import { Doc } from 'yjs';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import { amended, paper, unknown } from './paper.ts';

const PROVISIONS = 300, CHANGED = 100, RECOMPARES = 25;
const KEY = `${AUTHENTIC_LANGUAGE}:text`;

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
    linking(section, common, view.text), ...longSlots(keystrokes),
  ];
}

/** What belongs together, looked for in the whole text with every provision compared already: when typing rests. */
function linking(section: string, common: Text, position: Text): Row {
  const links = Array.from({ length: RECOMPARES }, () => { const same = textFrom(provisionsOf(position)); return clocked(() => linksOf(common, same)); });
  return timed(section, 'links over the whole text, when typing rests', links);
}

const FRAME = 16, WORDS = 1_000, VOCABULARY = 600, EDITS = 80;
const CHINESE = '双方应当在收到请求后及时确认并说明理由，同时采取必要措施保全电子证据';

/** One keystroke in one slot of 2,000 tokens that is much amended; and in a long Chinese one that differs at both ends. */
function longSlots(keystrokes: number): Row[] {
  const section = 'compare, one long slot', random = seeded(2_027), below = (n: number) => Math.floor(random() * n);
  const words = Array.from({ length: WORDS }, (_, i) => `w${below(VOCABULARY).toString(26)}${i % 14 === 13 ? '.' : ''}`), edited = [...words];
  for (let n = 0; n < EDITS; n++) edited.splice(below(WORDS), below(3), `n${n}`);
  const common = plainSlot(words.join(' ')), typed = keys(keystrokes, common, edited.join(' '), below);
  const text = Array.from({ length: 2_340 }, (_, i) => CHINESE[(i * i * 7 + i * 13 + (i >> 3) * 5) % CHINESE.length]!).join('');
  const both = `${text.slice(0, 20)}甲${text.slice(21, 2_320)}乙${text.slice(2_321)}`, chinese = plainSlot(text);
  const afresh = Array.from({ length: keystrokes }, () => { const slot = plainSlot(both); return clocked(() => compareSlots(chinese, slot)); });
  const hunks = compareSlots(chinese, plainSlot(both)).length, row = timed(section, `one keystroke, 2,000 tokens, ${EDITS} edits`, typed), other = timed(section, '2,340 Chinese characters, one changed near each end', afresh);
  return [aiming(row, `p95 under ${FRAME}`, row.p95! < FRAME), aiming(other, `two hunks, p95 under ${FRAME}`, hunks === 2 && other.p95! < FRAME)];
}

/** How long each of so many letters takes that are typed into `text`. */
function keys(keystrokes: number, common: ReturnType<typeof plainSlot>, text: string, below: (n: number) => number): number[] {
  let now = plainSlot(text);
  return Array.from({ length: keystrokes }, () => {
    const words = textOf(now), at = below(words.length);
    now = plainSlot(`${words.slice(0, at)}e${words.slice(at)}`);
    return clocked(() => compareSlots(common, now));
  });
}
