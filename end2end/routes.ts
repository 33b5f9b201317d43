// The pages of the store by their addresses, as its own code lists them.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The addresses of all pages that the store has, as their patterns stand in the code. */
export async function routes(): Promise<string[]> {
  const code = await readFile(join(import.meta.dirname, '..', 'app', 'src', 'routes.rs'), 'utf8');
  return [...code.matchAll(/path!\("([^"]+)"\)/g)].map(([, pattern]) => pattern ?? '');
}

/** The pattern that a path is of; `/account/lists/add` is not `/account/lists/:id`. */
export function routeOf(path: string, patterns: string[]): string | undefined {
  const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+').replaceAll(/\*\w+/g, '.+')}$`);
  const literalFirst = [...patterns].sort((one, other) => Number(one.includes(':')) - Number(other.includes(':')));
  return literalFirst.find((pattern) => fits(pattern).test(path));
}
