import { describe, expect, it } from 'vitest'
import { incidentAt as at, cpu, requests, trigger } from '../testing/incidents.js'
import { profileOf, type Slice } from '../testing/profile-of.js'
import { heapGrowth } from './allocating.js'
import { analyseCpu } from './cpu.js'
import { summarise } from './summary.js'

const gc = '(garbage collector)'
const idle = '(idle)'
const renders = [
  'handler /app/node_modules/fastify/lib/route.js:1',
  'renderProduct /app/src/products.js:2',
  'from node:1',
]

const allocating = (...slices: Slice[]) => analyseCpu(profileOf(...slices), '/app').allocating

/** One sample a second, the last one at the trigger. */
const heapOf = (...values: number[]) =>
  values.map((heap, index) => ({ at: at - (values.length - 1 - index) * 1000, values: { heap, cpu: 3 } }))

const saws = [4, 4.6, 5.1, 4.8, 5.4, 6, 5.5, 6.3, 6.9, 6.2, 7, 7.6]

describe('who gives the garbage collector its work', () => {
  it('is the function of the app that ran before it, through whatever it called', () => {
    const found = allocating(
      [10, ...renders],
      [30, gc],
      [5, ...renders],
      [20, gc],
      [10, 'log /app/src/log.js:1'],
      [5, gc],
    )
    expect(found).toMatchObject({ function: { name: 'renderProduct', file: 'src/products.js', line: 2 }, gcMs: 50 })
  })

  it('is the function around a callback', () => {
    const callback = [...renders, 'map node:2', ' /app/src/products.js:3']
    expect(allocating([10, ...callback], [30, gc], [10, ...callback], [5, gc])?.function.name).toBe('renderProduct')
  })

  it('is nobody where collections follow many functions, packages or an idle event loop', () => {
    expect(
      allocating([10, ...renders], [10, gc], [10, 'log /app/src/log.js:1'], [10, gc], [5, idle], [10, gc]),
    ).toBeNull()
    expect(allocating([10, 'parse /app/node_modules/csv/index.js:1'], [30, gc])).toBeNull()
    expect(allocating([90, idle], [10, ...renders])).toBeNull()
    expect(allocating([10, ...renders], [30, gc])).toBeNull()
  })
})

describe('the heap', () => {
  it('grows if its floor does, whatever collections do to it in between', () => {
    expect(heapGrowth(heapOf(...saws), at)).toEqual({ from: 4, to: 6.2, ms: 9000 })
    expect(heapGrowth(heapOf(4, 6, 4, 6, 4, 6, 4, 6, 4, 6, 4, 6), at)).toBeNull()
    expect(heapGrowth(heapOf(4, 5, 6), at)).toBeNull()
  })
})

describe('a CPU that garbage collection keeps busy', () => {
  const slices: Slice[] = [
    [4, ...renders],
    [15, gc],
    [4, ...renders],
    [15, gc],
    [14, 'writePayload /app/node_modules/fastify/lib/reply.js:718'],
    [44, idle],
  ]
  const evidence = new Map([cpu(slices), requests([['GET /products', 1, 30]])])
  const input = { trigger: trigger('cpu', 33), at, evidence, blockedFor: 0, failures: [], cwd: '/app' }

  it('is told with the heap that grows and the function that allocates', () => {
    const { headline, text } = summarise({ ...input, samples: heapOf(...saws) })
    expect(headline).toMatch(/^CPU at 33%.*: the heap grows as renderProduct \(src\/products\.js:2\) allocates/)
    expect(text).toContain('The JavaScript heap grew from 4% to 6.2% of its limit within 9.0 s.')
    expect(text).toMatch(/garbage collection 58% \(30 ms\)/)
    expect(headline).not.toContain('stands out')
  })

  it('is told with the function alone where the heap does not grow', () => {
    const { headline, text } = summarise({ ...input, samples: heapOf(...saws.map(() => 5)) })
    expect(headline).toMatch(/renderProduct \(src\/products\.js:2\) allocates, 58% garbage collection$/)
    expect(text).not.toContain('heap grew')
  })

  const others = ['send/a', 'pino/b', 'qs/c', 'etag/d', 'vary/e'].map(
    (file): Slice => [40, `run /app/node_modules/${file}.js:1`],
  )

  it('is told with that function too where V8 collects in threads of its own, which no profile shows', () => {
    const beside: Slice[] = [[10, ...renders], [4, gc], [10, ...renders], [4, gc], ...others]
    const samples = heapOf(...saws).map(sample => ({ ...sample, cpuThreads: { main: 10, others: 25, helpers: 24 } }))
    const { headline } = summarise({ ...input, evidence: new Map([cpu(beside)]), samples })
    expect(headline).toMatch(
      /: the heap grows as renderProduct \(src\/products\.js:2\) allocates, V8 collects garbage beside the app$/,
    )
  })

  it('is told with what the app runs most where collections come out of an idle event loop, and where nothing is most, with nobody', () => {
    const collects = (...apps: Slice[]): Slice[] => [...apps, ...others, ...others, [20, idle], [900, gc], [300, idle]]
    const headlineOf = (...apps: Slice[]) =>
      summarise({ ...input, evidence: new Map([cpu(collects(...apps))]), samples: heapOf(...saws) }).headline
    const callback = [...renders, ' /app/src/products.js:3']
    expect(headlineOf([40, ...renders], [30, ...callback], [20, 'log /app/src/log.js:1'])).toMatch(
      /: the heap grows as renderProduct \(src\/products\.js:2\) runs, 65% garbage collection$/,
    )
    expect(headlineOf([40, ...renders], [40, 'log /app/src/log.js:1'])).toMatch(
      /: the heap grows, 65% garbage collection$/,
    )
    expect(headlineOf([20, ...renders])).toMatch(/: the heap grows, 68% garbage collection$/)
  })
})
