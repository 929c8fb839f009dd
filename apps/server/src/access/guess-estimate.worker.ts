import { answerQuestions } from '../limits/bounded-worker.ts';
import { GuessEstimateHere, type GuessQuestion } from './guess-estimate.ts';

const estimate = new GuessEstimateHere();

answerQuestions(({ password, names }: GuessQuestion) => estimate.log10(password, names));
