import { answerQuestions } from '../limits/bounded-worker.ts';
import { KeptReplays } from './kept-replays.ts';
import { unpacked } from './packed-entries.ts';
import type { ReplayQuestion } from './replayer.ts';

const replays = new KeptReplays();

answerQuestions((question: ReplayQuestion) => {
  switch (question.t) {
    case 'from': return replays.from(question.group, question.doc, question.index);
    case 'add': return replays.add(unpacked(question.entries));
    case 'show': return replays.show();
  }
});
