import { describe, expect, it } from 'vitest'
import { profileOf, type Slice } from '../testing/profile-of.js'
import { recursionProfile } from '../testing/v8-profiles.js'
import { analyseCpu } from './cpu.js'
import type { Culprit } from './culprit.js'
import { sayCulprit } from './say-culprit.js'

const analyse = (...slices: Slice[]) => analyseCpu(profileOf(...slices), '/app')

const handler = 'handler /app/server.js:3'

const parse = 'parse /app/csv.js:12'

const reply = 'send /app/node_modules/fastify/reply.js:7'

const monitor = 'scan /app/node_modules/@autodump/core/dist/in-flight/in-flight.js:9'

const runtime = 'emit node:events:500'

const wasm = (name: string) => `${name} wasm://wasm/8a2f1c:1`

const times = ({ functions }: ReturnType<typeof analyse>, name: string) => {
  const found = functions.find(one => one.name === name)
  return found && [found.selfMs, found.ownMs, found.totalMs]
}

describe('where the time of a CPU profile went', () => {
  it('is the time until the next sample, to the one that was running', () => {
    const cpu = analyse([10, handler], [30, handler, parse], [60, '(idle)'])
    expect([cpu.windowMs, cpu.busyMs]).toEqual([100, 40])
    expect(times(cpu, 'handler')).toEqual([10, 10, 40])
    expect(times(cpu, 'parse')).toEqual([30, 30, 30])
  })

  it('counts a function once wherever it is called from', () => {
    const cpu = analyse([10, handler, parse], [20, 'other /app/server.js:30', parse])
    expect(times(cpu, 'parse')).toEqual([30, 30, 30])
    expect(cpu.functions.filter(({ name }) => name === 'parse')).toHaveLength(1)
  })

  it('tells functions of one name apart by where they begin', () => {
    const cpu = analyse([10, '(anonymous) /app/a.js:1'], [20, '(anonymous) /app/a.js:9'], [5, ' /app/b.js:4'])
    expect(cpu.functions.map(({ name, file, line, ownMs }) => [name, file, line, ownMs])).toEqual([
      ['(anonymous)', 'a.js', 9, 20],
      ['(anonymous)', 'a.js', 1, 10],
      ['(anonymous)', 'b.js', 4, 5],
    ])
  })

  it('counts recursion once, also through another function', () => {
    const cpu = analyse([10, parse], [20, parse, parse], [40, parse, handler, parse])
    expect(times(cpu, 'parse')).toEqual([70, 70, 70])
    expect(times(cpu, 'handler')).toEqual([0, 0, 40])
  })

  it('is found in a stack of 10,000 calls', () => {
    const cpu = analyseCpu(recursionProfile(10_000), '/app')
    expect(cpu.culprit?.function).toMatchObject({ name: 'again', line: 3 })
    expect(cpu.culprit?.function.totalMs).toBeCloseTo(cpu.windowMs)
    const deep: Slice = [1, ...Array.from({ length: 10_000 }, (_, depth) => `f${depth} /app/deep.js:${depth + 1}`)]
    expect(analyse(deep).culprit?.function.name).toBe('f9999')
  })

  it('gives the time of WebAssembly to who called it, as that of one function', () => {
    const [one, other] = [wasm('wasm-function[1]'), wasm('wasm-function[2]')]
    const cpu = analyse([40, handler, one], [40, handler, one, other], [20, parse])
    expect(times(cpu, 'handler')).toEqual([0, 80, 80])
    expect(cpu.culprit).toMatchObject({ share: 0.8, through: 'WebAssembly' })
    expect(sayCulprit(cpu.culprit as Culprit)).toBe('code in WebAssembly, called by handler (server.js:3),')
    const ofPackage = analyse([40, handler, reply, one])
    expect(sayCulprit(ofPackage.culprit as Culprit)).toBe(
      'code in WebAssembly, called by send (fastify/reply.js:7), called by handler (server.js:3),',
    )
  })

  it('gives the time of runtime functions to who called them', () => {
    const cpu = analyse([10, handler], [30, handler, 'parse'], [5, handler, runtime, 'slice'], [55, '(idle)'])
    expect(times(cpu, 'handler')).toEqual([10, 45, 45])
    expect(cpu.functions).toHaveLength(1)
    expect(cpu.culprit).toMatchObject({ share: 1, through: 'parse' })
  })

  it('does not name a runtime function that took the smaller part', () => {
    expect(analyse([30, handler], [10, handler, 'sort']).culprit?.through).toBeNull()
  })

  it('goes through the runtime to the app below it', () => {
    const cpu = analyse([10, handler, runtime, parse])
    expect(times(cpu, 'parse')).toEqual([10, 10, 10])
    expect(times(cpu, 'handler')).toEqual([0, 0, 10])
  })

  it('is of a package, with the function of the app that called it most', () => {
    const other = 'other /app/server.js:30'
    const cpu = analyse([10, handler, reply], [30, other, runtime, reply], [2, handler])
    expect(cpu.culprit).toMatchObject({
      function: { name: 'send', file: 'fastify/reply.js', line: 7, owner: 'package' },
      calledBy: { name: 'other', file: 'server.js', line: 30 },
    })
    expect(analyse([10, reply]).culprit?.calledBy).toBeNull()
  })

  it('without a name is told by the named function of the app that it ran in', () => {
    const arrow = '(anonymous) /app/server.js:9'
    const load = 'load /app/server.js:8'
    const route = '(anonymous) /app/server.js:20'
    const cpu = analyse([10, route, load, runtime, arrow])
    expect(cpu.culprit).toMatchObject({
      function: { name: '(anonymous)', line: 9 },
      calledBy: { name: 'load', line: 8 },
    })
    expect(analyse([10, load, route, runtime, arrow]).culprit?.calledBy).toMatchObject({ name: 'load' })
    expect(analyse([10, arrow]).culprit?.calledBy).toBeNull()
  })

  it('never blames our own code or the runtime', () => {
    const cpu = analyse([80, monitor], [10, runtime], [5, monitor, 'stringify'], [15, handler])
    expect(cpu.functions.map(({ name }) => name)).toEqual(['handler'])
    expect(cpu.culprit?.function.name).toBe('handler')
    expect(analyse([80, monitor], [10, runtime]).culprit).toBeNull()
  })

  it('keeps idling, garbage collection and native code outside of functions apart', () => {
    const cpu = analyse([50, '(idle)'], [20, '(garbage collector)'], [10, '(program)'], [20, handler])
    expect(cpu).toMatchObject({ windowMs: 100, busyMs: 50, gcMs: 20, programMs: 10, culprit: { share: 0.4 } })
  })

  it('has no culprit where nobody explains a tenth', () => {
    const many = Array.from({ length: 20 }, (_, line): Slice => [5, `f${line} /app/many.js:${line + 1}`])
    expect(analyse(...many).culprit).toBeNull()
    expect(analyse(...many, [12, handler]).culprit?.function.name).toBe('handler')
  })

  it('lists twenty functions at most, the most of them first', () => {
    const many = Array.from({ length: 50 }, (_, line): Slice => [line + 1, `f${line} /app/many.js:${line + 1}`])
    const { functions } = analyse(...many)
    expect(functions).toHaveLength(20)
    expect(functions[0]?.name).toBe('f49')
    expect(functions.map(({ ownMs }) => ownMs)).toEqual(functions.map(({ ownMs }) => ownMs).toSorted((a, b) => b - a))
  })

  it('is nothing where there is no sample, or only idle ones', () => {
    expect(analyse()).toMatchObject({ windowMs: 0, busyMs: 0, functions: [], culprit: null })
    expect(analyse([100, '(idle)'])).toMatchObject({ windowMs: 100, busyMs: 0, culprit: null })
  })

  it('takes no time from samples that came out of order', () => {
    const profile = profileOf([10, handler], [20, parse])
    profile.timeDeltas = [0, -5000]
    expect(analyseCpu({ ...profile, endTime: -1 }, '/app').windowMs).toBeGreaterThanOrEqual(0)
  })
})
