import { answerQuestions } from '../limits/bounded-worker.ts';
import type { ActQuestion } from './act-reader.ts';
import { LargeActs } from './large-acts.ts';

const acts = new LargeActs();

answerQuestions((question: ActQuestion) => (question.t === 'read' ? acts.read(question.body) : acts.piece(question.n)));
