import { describe, expect, it } from 'vitest'
import type { HeapEvidence, HeapProfile } from '../model/heap-profile.js'
import { analyseHeap } from './heap.js'
import { findInHeap, sayMemory } from './say-memory.js'

const MiB = 1024 ** 2

const cwd = '/srv/shop'

type Node = HeapProfile['head']

/** `at`: `<file>:<line>` below the working directory, a package's URL, or '' for V8 and Node. */
function node(functionName: string, at: string, mib: number, children: Node[] = []): Node {
  const [file = '', line = '0'] = at.split(':')
  const url = file && `file://${cwd}/${file}`
  const callFrame = { functionName, scriptId: '1', url, lineNumber: Number(line) - 1, columnNumber: 0 }
  return { callFrame, selfSize: mib * MiB, children }
}

function evidence(children: Node[], more: Partial<HeapEvidence> = {}): HeapEvidence {
  return {
    profile: { head: node('(root)', '', 0, children) },
    at: 0,
    sampleInterval: MiB / 2,
    usage: null,
    previous: null,
    ...more,
  }
}

const analyse = (...profiles: [HeapEvidence, HeapEvidence?]) => analyseHeap(profiles, cwd)

const say = (...profiles: [HeapEvidence, HeapEvidence?]) =>
  sayMemory(analyse(...profiles), profiles[1] ?? profiles[0], false).join('; ')

describe('who allocates', () => {
  it('is the function of the app, also for what runtime functions and anonymous callbacks allocate for it', () => {
    const callback = node('', 'server.js:24', 100)
    const from = node('from', '', 5, [callback])
    const handler = node('', 'server.js:40', 1, [node('remember', 'server.js:23', 30, [from])])
    const { largest, sampledBytes, allocators } = analyse(evidence([handler, node('compile', '', 24)]))
    expect(largest).toMatchObject({ name: 'remember', file: 'server.js', line: 23, bytes: 135 * MiB, owner: 'app' })
    expect(sampledBytes).toBe(160 * MiB)
    expect(allocators.map(({ name, bytes }) => [name, bytes / MiB])).toEqual([
      ['remember', 135],
      ['(anonymous)', 1],
    ])
  })

  it('adds up over all the places where a function is called, recursion included', () => {
    const inner = node('grow', 'a.js:1', 4)
    const tree = [node('one', 'a.js:10', 0, [node('grow', 'a.js:1', 2, [inner])]), node('grow', 'a.js:1', 3)]
    expect(analyse(evidence(tree)).largest).toMatchObject({ name: 'grow', bytes: 9 * MiB })
  })

  it('does not put the callback of another file on the function that calls it', () => {
    const tree = [node('each', 'node_modules/lodash/each.js:5', 1, [node('', 'orders.js:7', 50)])]
    expect(analyse(evidence(tree)).largest).toMatchObject({ name: '(anonymous)', file: 'orders.js', line: 7 })
  })

  it('names the function of the app that calls the package most', () => {
    const set = (mib: number) => node('set', 'node_modules/lru/index.js:9', mib)
    const tree = [node('cacheUser', 'users.js:3', 0, [set(20)]), node('cacheItem', 'items.js:8', 0, [set(60)])]
    const { largest } = analyse(evidence(tree))
    expect(largest).toMatchObject({ name: 'set', file: 'lru/index.js', owner: 'package' })
    expect(largest?.calledBy).toEqual({ name: 'cacheItem', file: 'items.js', line: 8 })
    expect(say(evidence(tree))).toContain('set (lru/index.js:9), called by cacheItem (items.js:8), holds 80 MiB')
  })

  it('is nobody where nobody holds a good part, or the samples are too few', () => {
    expect(analyse(evidence([node('small', 'a.js:1', 5), node('boot', '', 95)])).largest).toBeNull()
    expect(analyse(evidence([node('few', 'a.js:1', 1.5)])).largest).toBeNull()
    expect(say(evidence([node('few', 'a.js:1', 1.5)]))).toBe(
      'no function stands out among the 1.5 MiB of JavaScript heap that was sampled',
    )
    expect(say(evidence([]))).toBe('no object that is alive was sampled, so who allocates is not known')
  })

  it('survives a stack of any depth', () => {
    let deep = node('leaf', 'a.js:1', 9)
    for (let depth = 0; depth < 5000; depth++) deep = node(`f${depth}`, 'a.js:2', 0, [deep])
    expect(analyse(evidence([deep])).largest?.name).toBe('leaf')
  })
})

describe('who grows', () => {
  const tree = (catalog: number, remember: number) => [
    node('loadCatalog', 'catalog.js:5', catalog),
    node('remember', 'server.js:23', remember),
  ]

  it('is told from who is merely large', () => {
    const [first, later] = [evidence(tree(300, 10)), evidence(tree(300, 15.5), { at: 5000 })]
    expect(analyse(first, later)).toMatchObject({ growthMs: 5000, largest: { name: 'loadCatalog', grewBy: 0 } })
    expect(say(first, later)).toBe(
      'loadCatalog (catalog.js:5) holds 300 MiB of the 316 MiB of JavaScript heap that was sampled; remember (server.js:23) grew by 5.5 MiB within 5.0 s',
    )
  })

  it('is said once where it is the largest', () => {
    expect(say(evidence(tree(1, 10)), evidence(tree(1, 20), { at: 2000 }))).toMatch(
      /^remember \(server\.js:23\) holds 20 MiB .* sampled and grew by 10 MiB within 2\.0 s$/,
    )
  })

  it('is told in figures only where something grew', () => {
    const [first, later] = [evidence(tree(300, 10)), evidence(tree(300, 15.5), { at: 5000 })]
    expect(findInHeap(analyse(first, later), later).map(({ text }) => text)).toEqual([
      'loadCatalog (catalog.js:5) holds 300 MiB of 316 MiB',
      'remember (server.js:23) holds 16 MiB of 316 MiB, +5.5 MiB within 5.0 s',
    ])
  })

  it('is nobody where the growth may be chance', () => {
    expect(analyse(evidence(tree(300, 10)), evidence(tree(300.5, 11.5), { at: 5000 })).grower).toBeNull()
  })

  it('is told from the dump before, where this one has one profile only', () => {
    const previous = { profile: evidence(tree(300, 10)).profile, at: 0 }
    const { grower, growthMs } = analyse(evidence(tree(300, 80), { at: 90_000, previous }))
    expect(grower).toMatchObject({ name: 'remember', grewBy: 70 * MiB })
    expect(growthMs).toBe(90_000)
  })

  it('is not known from a single profile', () => {
    expect(analyse(evidence(tree(300, 10)))).toMatchObject({ grower: null, growthMs: null })
    expect(findInHeap(analyse(evidence(tree(300, 10))), evidence([])).map(({ text }) => text)).toEqual([
      'loadCatalog (catalog.js:5) holds 300 MiB of 310 MiB',
      'remember (server.js:23) holds 10 MiB of 310 MiB',
    ])
  })
})

describe('what lies outside of the JavaScript heap', () => {
  const usage = {
    rss: 1200 * MiB,
    heapTotal: 60 * MiB,
    heapUsed: 40 * MiB,
    external: 1030 * MiB,
    arrayBuffers: 1024 * MiB,
    heapLimit: 4096 * MiB,
  }

  it('is said where it is more than the heap', () => {
    expect(say(evidence([], { usage }))).toMatch(
      /^1030 MiB of the 1200 MiB resident are outside the JavaScript heap, 1024 MiB of that in Buffers, whose bytes a heap profile does not show; no object/,
    )
    expect(findInHeap(analyse(evidence([])), evidence([], { usage })).at(-1)).toMatchObject({
      kind: 'memory',
      data: usage,
    })
  })

  it('is not worth a word where the heap holds more', () => {
    expect(say(evidence([], { usage: { ...usage, heapUsed: 2000 * MiB } }))).not.toContain('outside')
    expect(say(evidence([], { usage: { ...usage, external: 10 * MiB } }))).not.toContain('outside')
  })

  it('does not hide how full the heap is', () => {
    const full = evidence([], { usage: { ...usage, external: 0, heapUsed: 3700 * MiB } })
    expect(say(full)).toMatch(/^the JavaScript heap is 90% full; /)
    expect(sayMemory(analyse(full), full, true).join('; ')).not.toContain('full')
  })
})
