import type { CpuDetails, FileAnalysis } from '@autodump/core/analysis'
import { percent } from '@autodump/core/rules'
import { cleanDeep } from './clean.js'
import { duration, size } from './format.js'
import type { Output } from './output.js'
import { table } from './table.js'

/** The classes and holders of a heap that are worth a line. */
const mostShown = 5

/** The tables behind the sentence of a file: each with a title. */
export function printCloserLook(found: Pick<FileAnalysis, 'cpu' | 'allocators' | 'holders'>, output: Output): void {
  const { cpu, allocators, holders } = cleanDeep(found)
  if (cpu) printCpu(cpu, output)
  if (allocators && allocators.length > 0)
    section(
      'Who allocated what is alive',
      allocators.map(one => [size(one.bytes), one.function]),
      output,
    )
  if (holders) printHolders(holders, output)
}

function printCpu({ windowMs, busyMs, functions, lines, stack }: CpuDetails, output: Output): void {
  const heads = ['OWN', 'WITH CALLS', 'FUNCTION']
  const title = `Top functions, of ${duration(busyMs)} busy in ${duration(windowMs)}`
  if (functions.length > 0)
    section(
      title,
      functions.map(one => [percent(one.own), percent(one.total), one.function]),
      output,
      heads,
    )
  if (lines.length > 0)
    section(
      'Hot lines',
      lines.map(one => [percent(one.share), one.line]),
      output,
    )
  if (stack.length > 0) {
    heading('Stack of the first', output)
    for (const [depth, frame] of stack.entries()) output.print(`${depth === 0 ? '  ' : '  from '}${frame}`)
  }
}

function printHolders({ holders, classes, growth }: NonNullable<FileAnalysis['holders']>, output: Output): void {
  const count = (value: number | null) => (value === null ? '' : value.toLocaleString('en-US'))
  const more = (value: number | null) => (value === null ? '' : `${value < 0 ? '' : '+'}${count(value)}`)
  if (holders.length > 0) {
    const rows = holders.slice(0, mostShown).map(one => {
      const place = one.anchor.place?.file ?? (one.anchor.kind === 'global' ? 'a global variable' : '')
      return [size(one.bytes), count(one.entries), one.path, one.class, place]
    })
    section('Who holds the memory', rows, output, ['HOLDS', 'ENTRIES', 'PATH', 'CLASS', 'WHERE'])
  }
  const rows = classes.slice(0, mostShown).map(one => [size(one.bytes), count(one.count), one.name])
  section('Largest classes', rows, output, ['BYTES', 'OBJECTS', 'CLASS'])
  if (!growth) return
  if (growth.classes.length > 0) {
    const grown = growth.classes.slice(0, mostShown).map(one => [`+${size(one.bytes)}`, more(one.count), one.name])
    section('Classes that grew', grown, output, ['BYTES', 'OBJECTS', 'CLASS'])
  }
  if (growth.holders.length > 0) {
    const grown = growth.holders.slice(0, mostShown).map(one => [`+${size(one.bytes)}`, more(one.entries), one.path])
    section('Holders that grew', grown, output, ['BYTES', 'ENTRIES', 'PATH'])
  }
}

export function heading(title: string, output: Output): void {
  output.print()
  output.print(output.paint('bold', title))
}

function section(title: string, rows: string[][], output: Output, head: string[] = []): void {
  heading(title, output)
  const drawn = table(output, head, rows)
  for (const line of drawn.split('\n')) if (line.trim() !== '') output.print(`  ${line}`)
}
