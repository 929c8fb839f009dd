import { answerQuestions } from '../limits/bounded-worker.ts';
import { ReplayCache } from './replay-cache.ts';
import { unpacked } from './packed-entries.ts';
import type { ReplayQuestion } from './replayer.ts';

const replays = new ReplayCache();

answerQuestions((question: ReplayQuestion) => {
  switch (question.t) {
    case 'from': return replays.from(question.group, question.doc, question.index);
    case 'add': return replays.add(unpacked(question.entries));
    case 'show': return replays.show();
  }
});
