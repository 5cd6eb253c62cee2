import { styleText } from 'node:util'
import { clean, toJson } from './clean.js'

export type Style = Parameters<typeof styleText>[0]

/** Where results (stdout) and everything else (stderr) go. */
export interface Output {
  /** Results are for machines. */
  json: boolean
  /** A line of the result. Text from elsewhere must have been through `clean`. */
  print(line?: string): void
  printJson(value: unknown, indent?: number): void
  /** A line for the person at the terminal. */
  note(line: string): void
  /** One line that is written over by the next; `null` takes it away. Only where a person is watching. */
  progress(line: string | null): void
  /** Colours where they are wanted: on a terminal, unless `NO_COLOR` is set. */
  paint(style: Style, text: string): string
  /** Width of the terminal; `null` where there is none, and nothing has to be cut. */
  width: number | null
  stdout: NodeJS.WriteStream
}

export function createOutput(
  json: boolean,
  { stdout, stderr, env }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'> = process,
): Output {
  const colours = stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb'
  let shown = false
  function progress(line: string | null): void {
    if (!stderr.isTTY) return
    if (shown || line !== null)
      stderr.write(`\r\u001b[K${line === null ? '' : clean(line).slice(0, stderr.columns - 1)}`)
    shown = line !== null
  }
  return {
    json,
    print: (line = '') => void stdout.write(`${line}\n`),
    printJson: (value, indent = 2) => void stdout.write(`${toJson(value, indent)}\n`),
    note(line) {
      progress(null)
      stderr.write(`${clean(line)}\n`)
    },
    progress,
    paint: (style, text) => (colours ? styleText(style, text) : text),
    width: stdout.isTTY ? stdout.columns : null,
    stdout,
  }
}
