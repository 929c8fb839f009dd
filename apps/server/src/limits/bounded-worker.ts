import path from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';
import { logger } from '../logger.ts';

/** A worker did not answer in time and was ended. */
export class WorkerOverdue extends Error {
  override readonly name = 'WorkerOverdue';
}

interface Bounds { readonly heapMb: number; readonly answerMs: number }
interface Waiting { readonly resolve: (answer: unknown) => void; readonly reject: (error: unknown) => void; readonly timer: NodeJS.Timeout }
type Answer = { readonly answer: unknown } | { readonly error: unknown };

/** A worker thread with a bound of memory and of time for an answer. One that breaks a bound or ends otherwise fails the question it was asked, and the next question starts another. */
export class BoundedWorker {
  private worker: Worker | null = null;
  private waiting: Waiting | null = null;
  private closed = false;

  /** `file`: a module that calls `answerQuestions`. It gets nothing of the environment. `heapMb` counts objects, not the bytes of buffers. */
  constructor(private readonly file: URL, private readonly bounds: Bounds) {}

  /** The answer to a question; `transfer` is not readable here any more. Rejects with the worker's own error, with what ended the worker, `WorkerOverdue` for one; and while another question waits or after `close`. */
  ask<T>(question: unknown, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.closed) throw new Error('the worker is closed');
      if (this.waiting) throw new Error('the worker has a question');
      const worker = (this.worker ??= this.start());
      worker.postMessage(question, transfer);
      const timer = setTimeout(() => this.end(worker, new WorkerOverdue(`no answer in ${this.bounds.answerMs} ms`)), this.bounds.answerMs);
      this.waiting = { resolve, reject, timer };
    }) as Promise<T>;
  }

  /** Ends the worker; a question that waits is rejected. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    this.worker = null;
    this.taken()?.reject(new Error('the worker is closed'));
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.file, { env: {}, execArgv: ['--enable-source-maps'], resourceLimits: { maxOldGenerationSizeMb: this.bounds.heapMb } });
    worker.unref();
    worker.on('message', (message: Answer) => worker === this.worker && this.settle(message));
    worker.on('error', (error) => this.end(worker, error));
    worker.on('exit', (code) => this.end(worker, new Error(`the worker ended with ${code}`)));
    return worker;
  }

  private settle(message: Answer): void {
    const waiting = this.taken();
    if ('error' in message) waiting?.reject(message.error);
    else waiting?.resolve(message.answer);
  }

  /** The question fails when the worker is gone: its memory is free before another begins. */
  private end(worker: Worker, error: unknown): void {
    if (worker !== this.worker) return;
    this.worker = null;
    logger.failed('worker ended', error, { worker: path.basename(this.file.pathname).slice(0, 60) });
    const waiting = this.taken();
    void worker.terminate().finally(() => waiting?.reject(error));
  }

  private taken(): Waiting | null {
    const { waiting } = this;
    this.waiting = null;
    clearTimeout(waiting?.timer);
    return waiting;
  }
}

/** In the worker: answers each question with what `answer` gives, or with the error it throws. */
export function answerQuestions<Question>(answer: (question: Question) => unknown): void {
  const port = parentPort!;
  port.on('message', (question: Question) => {
    const answered = async (): Promise<Answer> => ({ answer: await answer(question) });
    void answered().catch((error: unknown): Answer => ({ error })).then((message) => port.postMessage(message));
  });
}
