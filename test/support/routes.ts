import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A route as its controller declares it. `asks`: whom it is for. */
export interface Route { readonly method: string; readonly path: string; readonly asks: string }

const SERVER = path.resolve(import.meta.dirname, '../../apps/server/src');
const HANDLER = /@(Get|Post|Put|Patch|Delete|All|Head|Options)\((?:'([^']*)')?\)((?:\s*@\w+\([^)]*\))*)/g;

/** Every route there is, read from the source, so that none is forgotten in a table. */
export function routes(): Route[] {
  const controllers = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.controller.ts'));
  return controllers.flatMap((file) => {
    const source = readFileSync(path.join(SERVER, file), 'utf8');
    const base = /@Controller\('([^']*)'\)/.exec(source)![1]!;
    return [...source.matchAll(HANDLER)].map(([, method, rest, decorators]): Route => {
      const asks = /@RequiresPermission\('(\w+)'\)/.exec(decorators!)?.[1];
      if (!asks) throw new Error(`${file}: @${method}('${rest ?? ''}') does not say whom it is for where it can be read`);
      return { method: method!.toUpperCase(), path: `/${base}${rest ? `/${rest}` : ''}`, asks };
    });
  });
}
