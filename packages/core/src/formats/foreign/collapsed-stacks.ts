import type { CpuProfile } from '../../model/cpu-profile.js'
import { cpuProfileOf, type ForeignFrame } from './stacks.js'

/** `main;parse (app.js:3:1);JSON.parse 12`: a line a stack, as flame graph tools, perf and 0x write them. */
const lineOf = /^(\S.*) (\d+(?:\.\d+)?)$/

/** Samples have no times there: each counts as a millisecond. */
const sample = 1000

export function isCollapsed(text: string): boolean {
  const lines = text.split('\n', 50).filter(line => line.trim() !== '')
  return lines.length > 0 && lines.some(line => line.includes(';')) && lines.every(line => lineOf.test(line.trim()))
}

export function readCollapsed(text: string): CpuProfile {
  return cpuProfileOf(
    text.split('\n').flatMap(line => {
      const [, stack, count] = lineOf.exec(line.trim()) ?? []
      return stack === undefined ? [] : { frames: stack.split(';').map(frameOf), weight: sample * Number(count) }
    }),
  )
}

/** `parse (/app/app.js:3:1)`, `parse /app/app.js:3:1`, or a name alone. Tools mark JIT code with `*`, `~` or `_[j]`. */
function frameOf(text: string): ForeignFrame {
  const plain = text.replace(/^(?:LazyCompile:|Function:|JS:)?[*~^+]?/, '').replace(/_\[[a-z]\]$/, '')
  const [, name, url, line, column = '0'] =
    /^(.*?)\s*\(?((?:\/|file:|node:|[A-Za-z]:\\)[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(plain) ?? []
  if (url === undefined) return { name: plain, url: `native ${plain}` }
  return { name: name ?? '', url, line: Number(line), column: Number(column) }
}
