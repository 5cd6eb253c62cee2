import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Function as Called, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format'
import { expect, it, onTestFinished } from 'vitest'
import { cpuProfileToPprof } from '../formats/pprof/cpu.js'
import { heapProfileToPprof } from '../formats/pprof/heap.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import { analyseFile } from './analyse-file.js'

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-tools-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const program = `
function packOrders() {
  const end = performance.now() + 300
  let bytes = 0
  while (performance.now() < end) bytes += JSON.stringify({ bytes }).length
  return bytes
}
function packAll() {
  return packOrders()
}
packAll()
`

/** Runs the program with those flags of Node; what they write is in the directory that comes back. */
function run(...flags: string[]): string {
  const dir = directory()
  writeFileSync(join(dir, 'shop.cjs'), program)
  execFileSync(process.execPath, [...flags, 'shop.cjs'], { cwd: dir, stdio: 'ignore' })
  return dir
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(directory(), name)
  writeFileSync(path, content)
  return path
}

const frame = (functionName: string, url = '/app/shop.js', lineNumber = 1) => ({
  ...{ functionName, url, lineNumber, columnNumber: 0, scriptId: '1' },
})

/** A second of `main`, then three of `pack`, which it calls. */
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)', '', -1), children: [2, 4] },
    { id: 2, callFrame: frame('main'), children: [3] },
    { id: 3, callFrame: frame('pack', '/app/shop.js', 9), positionTicks: [{ line: 12, ticks: 3 }] },
    { id: 4, callFrame: frame('(idle)', '', -1) },
  ],
  startTime: 0,
  endTime: 5e6,
  samples: [4, 2, 3, 3],
  timeDeltas: [0, 1e6, 1e6, 1e6],
}

it('a profile of node --cpu-prof has functions, lines and a stack', async () => {
  const dir = run('--cpu-prof')
  const [file = ''] = readdirSync(dir).filter(name => name.endsWith('.cpuprofile'))
  const { text, cpu } = await analyseFile(join(dir, file), { cwd: dir })
  expect(text).toMatch(/^CPU profile: packOrders \(shop\.cjs:\d\)/)
  expect(cpu?.functions[0]).toMatchObject({ function: 'packOrders (shop.cjs:2)' })
  expect(cpu?.lines[0]).toMatchObject({ line: 'shop.cjs:5 in packOrders' })
  expect(cpu?.stack.slice(0, 2)).toEqual(['packOrders (shop.cjs:2)', 'packAll (shop.cjs:8)'])
})

it('the ticks of node --prof, preprocessed as 0x does, are one', { tags: ['full'], timeout: 120_000 }, async () => {
  const dir = run('--prof', '--logfile=v8.log', '--no-logfile-per-isolate')
  const ticks = execFileSync(process.execPath, ['--prof-process', '--preprocess', '-j', join(dir, 'v8.log')], {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const { text, cpu } = await analyseFile(write('isolate-v8.json', ticks), { cwd: dir })
  expect(text).toMatch(/^CPU profile: packOrders /)
  expect(cpu?.stack[0]).toMatch(/^packOrders /)
})

it('a pprof of ours keeps its culprit and its lines', async () => {
  const found = await analyseFile(write('cpu.pb.gz', cpuProfileToPprof(profile)), { cwd: '/app' })
  expect(found.text).toMatch(/^CPU profile: pack \(shop\.js:\d+\) took 75% of the busy time/)
  expect(found.cpu).toMatchObject({ busyMs: 4000, stack: ['pack (shop.js:10)', 'main (shop.js:2)'] })
  expect(found.cpu?.lines[0]).toEqual({ line: 'shop.js:12 in pack', share: 0.75 })
  const heap = {
    head: { callFrame: frame('(root)', '', -1), selfSize: 0, id: 1, children: [] as unknown[] },
    samples: [],
  }
  heap.head.children.push({ callFrame: frame('keepAll'), selfSize: 9 * 1024 ** 2, id: 2, children: [] })
  const kept = await analyseFile(write('heap.pprof', heapProfileToPprof(heap as never)), { cwd: '/app' })
  expect(kept).toMatchObject({ kind: 'heap-profile', text: expect.stringContaining('keepAll (shop.js:2) holds 9') })
  expect(kept.allocators).toEqual([{ function: 'keepAll (shop.js:2)', bytes: 9 * 1024 ** 2 }])
})

it('a pprof of another tool may say neither where functions begin nor have zipped its content', async () => {
  const stringTable = new StringTable()
  const text = (value: string) => stringTable.dedup(value)
  const bytes = new Profile({
    sampleType: [
      new ValueType({ type: text('sample'), unit: text('count') }),
      new ValueType({ type: text('wall'), unit: text('microseconds') }),
    ],
    sample: [new Sample({ locationId: [2, 1], value: [7, 7000] })],
    function: [
      new Called({ id: 1, name: text('main'), filename: text('/app/shop.js') }),
      new Called({ id: 2, name: text('pack'), filename: text('/app/shop.js') }),
    ],
    location: [
      new Location({ id: 1, line: [new Line({ functionId: 1, line: 3 })] }),
      new Location({ id: 2, line: [new Line({ functionId: 2, line: 12 })] }),
    ],
    stringTable,
  }).encode()
  for (const path of [write('a.pb', bytes), write('b.pb.gz', gzipSync(bytes))])
    expect((await analyseFile(path, { cwd: '/app' })).cpu).toMatchObject({
      busyMs: 7,
      stack: ['pack (shop.js:12)', 'main (shop.js:3)'],
    })
})

it('a trace of DevTools gives the profile of its busiest thread', async () => {
  const [root, main, pack, idle] = profile.nodes.map(({ children, ...node }) => node)
  const event = (name: string, id: string, data: object) => ({ name, id, pid: 7, ph: 'P', args: { data } })
  const chunk = (nodes: unknown[], samples: number[], timeDeltas: number[]) =>
    event('ProfileChunk', '0x1', { cpuProfile: { nodes, samples }, timeDeltas })
  const traceEvents = [
    event('Profile', '0x1', { startTime: 0 }),
    event('Profile', '0x2', { startTime: 0 }),
    chunk([root, { ...idle, parent: 1 }, { ...main, parent: 1 }], [4, 2], [0, 1e6]),
    event('ProfileChunk', '0x2', { cpuProfile: { nodes: [root], samples: [1] }, timeDeltas: [1] }),
    chunk([{ ...pack, parent: 2 }], [3, 3, 3], [1e6, 1e6, 1e6]),
  ]
  for (const content of [{ traceEvents }, traceEvents]) {
    const { text } = await analyseFile(write('Trace.json.gz', gzipSync(JSON.stringify(content))), { cwd: '/app' })
    expect(text).toMatch(/^CPU profile: pack \(shop\.js:10\) took 67%/)
  }
})

it('collapsed stacks are one', async () => {
  const stacks = [
    'main (/app/shop.js:2:1);pack (/app/shop.js:10:3) 30',
    '~main /app/shop.js:2:1 10',
    'epoll_wait 2',
  ].join('\n')
  const { text, cpu } = await analyseFile(write('stacks.1234.out', stacks), { cwd: '/app' })
  expect(text).toMatch(/^CPU profile: pack \(shop\.js:10\) took 71%/)
  expect(cpu?.stack).toEqual(['pack (shop.js:10)', 'main (shop.js:2)'])
})

it('a part of a profile has only what ran in it', async () => {
  const path = write('a.cpuprofile', JSON.stringify(profile))
  const part = await analyseFile(path, { from: 500, to: 2500, cwd: '/app' })
  expect(part.cpu).toMatchObject({ windowMs: 2000, busyMs: 1500 })
  expect(part.cpu?.functions.map(one => [one.function, one.own])).toEqual([
    ['main (shop.js:2)', 2 / 3],
    ['pack (shop.js:10)', 1 / 3],
  ])
  for (const range of [{ from: 60_000 }, { from: 2000, to: 1000 }])
    await expect(analyseFile(path, { ...range, cwd: '/app' })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(/^nothing of a\.cpuprofile lies in that time: it is [\d.]+ s long$/),
    })
})

it('a trace whose functions call each other in a circle comes to an end', async () => {
  const nodes = [
    { id: 1, callFrame: frame('(root)', '', -1), children: [2] },
    { id: 2, callFrame: frame('main'), children: [3] },
    { id: 3, callFrame: frame('pack'), children: [2] },
  ]
  const chunk = { name: 'ProfileChunk', args: { data: { cpuProfile: { nodes, samples: [3, 3] }, timeDeltas: [0, 9] } } }
  expect((await analyseFile(write('Trace.json', JSON.stringify([chunk])))).kind).toBe('cpu-profile')
})

it.each([
  ['a trace', [{ name: 'ProfileChunk', args: { data: { cpuProfile: { nodes: [{ id: 1 }] } } } }]],
  ['ticks', { code: [null], ticks: [{ tm: 1, vm: 0, s: [0, 0] }] }],
])('%s with a hole in it is refused in words', async (_, value) => {
  const path = write('odd.json', JSON.stringify(value))
  await expect(analyseFile(path)).rejects.toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('neither'),
  })
})

it('a file that is none of these is refused, with the kinds that would be welcome', async () => {
  for (const content of ['{"a":1}', 'hello world', '', Buffer.from([10, 0, 255, 255, 255])])
    await expect(analyseFile(write('a.json', content))).rejects.toMatchObject({ code: 'INVALID' })
  const snapshot = write('a.json', '{"snapshot":{}')
  await expect(analyseFile(snapshot, { from: 1 })).rejects.toMatchObject({ code: expect.any(String) })
})

/** As clinic flame 13 keeps ticks: `<pid>.clinic-flame-samples`. */
const clinicFlame = [
  [],
  ...Array.from({ length: 3 }, () => [
    { name: ' /app/shop.js:1:1', type: 'JS', kind: 'Unopt', func: 1, tm: 1 },
    { name: 'pack /app/shop.js:9:5', type: 'JS', kind: 'Opt', func: 2, tm: 2 },
    { name: '__write@@GLIBC_2.2.5', type: 'CPP' },
  ]),
]

it('the samples of clinic flame are a profile', async () => {
  const path = write('7.clinic-flame-samples', JSON.stringify(clinicFlame))
  const { text, cpu } = await analyseFile(path, { cwd: '/app' })
  expect(text).toMatch(/^CPU profile: pack \(shop\.js:9\)/)
  expect(cpu).toMatchObject({ stack: ['pack (shop.js:9)', '(anonymous) (shop.js:1)'] })
})

it.each([
  ['isolate-0x1-1-1-v8.log', 'v8-version,11,3,244,8,-node.38,0\n', 'node --prof-process --preprocess'],
  ['flamegraph.html', '<!DOCTYPE html>\n<html>', 'isolate….json'],
  ['7.clinic-doctor-traceevent', '{"traceEvents":[{"pid":7,"ph":"X","name":"V8.GC"}]}', 'clinic flame has recorded'],
])('%s is refused with what to give instead', async (name, content, advice) => {
  await expect(analyseFile(write(name, content))).rejects.toThrow(advice)
})
