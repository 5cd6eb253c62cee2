import type { AsyncFrame, AsyncStacks } from '../../model/async-stacks.js'

/**
 * The stacks as folded lines, `outer (file:line);inner (file:line) count`, which speedscope, inferno and
 * `flamegraph.pl` open. Equal lines are added up, so chains that differ only in the thing they wait on become one.
 */
export function toCollapsed(stacks: Pick<AsyncStacks, 'groups'>): string {
  const lines = new Map<string, number>()
  for (const { frames, count } of stacks.groups) {
    const line = frames.map(label).reverse().join(';')
    lines.set(line, (lines.get(line) ?? 0) + count)
  }
  return [...lines].map(([line, count]) => `${line} ${count}\n`).join('')
}

/** A semicolon would end the frame, a line break the stack. */
function label({ function: name, file, line }: AsyncFrame): string {
  const at = file ? ` (${file.slice(file.lastIndexOf('/') + 1)}:${line})` : ''
  return `${name}${at}`.replace(/[;\s]+/g, ' ')
}
