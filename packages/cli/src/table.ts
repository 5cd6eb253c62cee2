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

/** Cut to the rest of the terminal's width, where there is one. */
export function fit(output: Output, text: string, taken: number): string {
  const room = output.width === null ? text.length : Math.max(20, output.width - taken)
  return text.length > room ? `${text.slice(0, room - 1)}…` : text
}

/** The same without a cut: on as many lines as it takes. */
export function wrap(output: Output, text: string, taken: number): string {
  if (output.width === null) return text
  const room = Math.max(20, output.width - taken)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`
    // A word that fits into no line is broken.
    else for (let at = 0; at === 0 || at < word.length; at += room) lines.push(word.slice(at, at + room))
  }
  return lines.join('\n')
}

/** A narrower terminal has no room for sentences in a column. */
const roomy = 130

export const isNarrow = ({ width }: Output): boolean => width !== null && width < roomy

/** Each sentence on lines of its own, and beneath it the facts that a wide terminal has in columns. */
export function entries(output: Output, rows: { sentence: string; facts: string[] }[]): string {
  return rows
    .map(({ sentence, facts }) =>
      [
        output.paint('bold', wrap(output, sentence, 0)),
        wrap(output, facts.filter(Boolean).join(' · '), 2).replace(/^/gm, '  '),
      ].join('\n'),
    )
    .join('\n')
}
