import { argv, env, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { fill } from './demo/fill.ts';

interface Command {
  readonly usage: string;
  readonly does: string;
  run(args: readonly string[]): Promise<void>;
}

/** A command was called wrongly. */
class Misused extends Error {}

const COMMANDS: Readonly<Record<string, Command>> = {
  demo: {
    usage: 'parley demo --url <address> [--key <key>]',
    does: 'fills an empty working group with a demo; the key may also stand in PARLEY_DEMO_KEY',
    async run(args) {
      const { values } = parseArgs({ args: [...args], options: { url: { type: 'string' }, key: { type: 'string' } } });
      const key = values.key ?? env.PARLEY_DEMO_KEY;
      if (!values.url || !URL.canParse(values.url)) throw new Misused('--url needs the address of a running Parley.');
      if (!key) throw new Misused('--key needs the key that the server gave.');
      await fill({ url: values.url, key });
    },
  },
};

const usage = (): string => ['Usage:', ...Object.values(COMMANDS).map(({ usage: how, does }) => `  ${how}\n      ${does}`)].join('\n');

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
  if (!command) {
    console.error(usage());
    return 2;
  }
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    const misused = error instanceof Misused || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
    console.error(`parley ${name}: ${error instanceof Error ? error.message : String(error)}`);
    if (misused) console.error(usage());
    return misused ? 2 : 1;
  }
}

exit(await main(argv.slice(2)));
