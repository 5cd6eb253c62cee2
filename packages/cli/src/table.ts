import Table from 'cli-table3'
import type { Output } from './output.js'

const noLines = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid'
    .split(' ')
    .map(part => [part, '']),
)

/** Columns without lines, which `cut`, `awk` and people can read. Cells must have been through `clean`. */
export function table(output: Output, head: string[], rows: string[][]): string {
  const drawn = new Table({
    head: head.map(name => output.paint('bold', name)),
    chars: { ...noLines, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  drawn.push(...rows)
  return drawn
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}

/** Cut to what is left of the terminal's width, where there is one. */
export function fit(output: Output, text: string, taken: number): string {
  const room = output.width === null ? text.length : Math.max(20, output.width - taken)
  return text.length > room ? `${text.slice(0, room - 1)}…` : text
}
