import { isLoopback } from './config.ts';

/** The address that people use. Known once Parley listens; nobody asks before. */
export class Address {
  private url: URL | null = null;

  /** Called once, when the server listens. */
  settle(address: string): void {
    this.url = new URL(address);
  }

  get origin(): string {
    return this.known.origin;
  }

  get host(): string {
    return this.known.host;
  }

  get encrypted(): boolean {
    return this.known.protocol === 'https:';
  }

  /** On the machine itself, where a browser needs no https. */
  get local(): boolean {
    return isLoopback(this.known.hostname);
  }

  private get known(): URL {
    if (!this.url) throw new Error('Parley does not listen yet');
    return this.url;
  }
}
