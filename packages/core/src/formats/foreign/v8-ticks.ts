import type { CpuProfile } from '../../model/cpu-profile.js'
import { cpuProfileOf, type ForeignFrame } from './stacks.js'

/** The output of `node --prof-process --preprocess`, and of 0x with it. */
export interface V8Ticks {
  code: { name: string; type: string; kind?: string }[]
  /** `tm` in microseconds; `s`: index of the code and offset in it, the innermost first. `vm`: the state of V8. */
  ticks: { tm: number; vm: number; s: number[] }[]
}

/** V8's states of its virtual machine that are no code of the app. */
const collecting = 1

export function isV8Ticks(value: unknown): value is V8Ticks {
  const { code, ticks } = (value ?? {}) as Partial<V8Ticks>
  const isTick = (tick: unknown) => Array.isArray((tick as { s?: unknown } | null)?.s)
  return Array.isArray(code) && Array.isArray(ticks) && ticks.every(isTick)
}

export function readV8Ticks({ code, ticks }: V8Ticks): CpuProfile {
  const frames = code.map(frameOf)
  const stacks = ticks.map(({ tm, vm, s }, index) => {
    const weight = Math.max(0, (ticks[index + 1]?.tm ?? tm) - tm)
    if (vm === collecting) return { frames: [{ name: '(garbage collector)' }], weight }
    const found = s.filter((_, at) => at % 2 === 0).flatMap(one => frames[one] ?? [])
    const stack = found.reverse()
    return { frames: stack.length > 0 ? stack : [{ name: '(program)' }], weight }
  })
  return cpuProfileOf(stacks)
}

/** The part of the same ticks that clinic flame keeps: their stacks, the outermost function first, without times. */
export type TickStacks = V8Ticks['code'][]

/** Microseconds between two ticks of V8, by default. */
const tickDistance = 1000

export function isTickStacks(value: unknown): value is TickStacks {
  const isFrame = (frame: unknown) => {
    const { name, type } = (frame ?? {}) as Partial<V8Ticks['code'][number]>
    return typeof name === 'string' && typeof type === 'string'
  }
  const isStack = (stack: unknown) => Array.isArray(stack) && stack.every(isFrame)
  // An empty list could be anything.
  return Array.isArray(value) && value.every(isStack) && value.some(({ length }) => length > 0)
}

export function readTickStacks(ticks: TickStacks): CpuProfile {
  const stacks = ticks.map(stack => {
    const frames = stack.flatMap(code => frameOf(code) ?? [])
    return { frames: frames.length > 0 ? frames : [{ name: '(program)' }], weight: tickDistance }
  })
  return cpuProfileOf(stacks)
}

/** `hotWork file:///app.mjs:1:17` is a function of JavaScript; all else is native. */
function frameOf({ name, type }: V8Ticks['code'][number]): ForeignFrame | null {
  // Stubs, builtins and the C++ between functions are the runtime's.
  if (type !== 'JS') return type === 'CPP' || type === 'SHARED_LIB' ? null : { name, url: `native ${name}` }
  const [, called = '', url = '', line = '0', column = '0'] = /^(\S*) (.*?)(?::(\d+):(\d+))?$/s.exec(name) ?? []
  return { name: called, url, line: Number(line), column: Number(column) }
}
