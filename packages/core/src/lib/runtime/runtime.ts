/** The runtime of the program. Bun and Deno claim to be Node, and offer most of its modules. */
export type Runtime = 'node' | 'bun' | 'deno'

export const runtimeOf = ({ bun, deno }: NodeJS.ProcessVersions = process.versions): Runtime =>
  bun ? 'bun' : deno ? 'deno' : 'node'

/** Its common name, with its version. */
export function runtimeName(versions: NodeJS.ProcessVersions = process.versions): string {
  const { bun, deno, node } = versions
  return bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node.js ${node}`
}
