// @module-tag full
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AsyncStackGroup, AsyncStacks } from '../../model/async-stacks.js'
import { toCollapsed } from './collapsed.js'
import { readAsyncStacks } from './read.js'

/** Other versions to test besides the one that runs the tests: binaries, separated by colons. */
const NODES = [process.execPath, ...(process.env.AUTODUMP_TEST_NODES?.split(':').filter(Boolean) ?? [])]

/** Ends every program: writes the snapshot when all has come to its await, and dies, even with open handles. */
const WRITE = (options = '') => `
setTimeout(() => {
  v8.writeHeapSnapshot(process.argv[2]${options})
  process.kill(process.pid, 'SIGKILL')
}, 300)`

const PILE_UP = `
const v8 = require('node:v8')
class Pool {
  waiters = []
  acquire() { return new Promise(resolve => this.waiters.push(resolve)) }
}
const pool = new Pool()
let unlock
const lock = new Promise(resolve => { unlock = resolve })
async function queryInventory() { await pool.acquire() }
async function loadOrder() { await queryInventory() }
async function handleOrder() { await loadOrder() }
async function waitLock() { await lock }
for (let i = 0; i < 500; i++) handleOrder()
for (let i = 0; i < 77; i++) waitLock()
module.exports = { pool, unlock: () => unlock() }
${WRITE()}`

const RUNNING = `
const v8 = require('node:v8')
async function work() {
  await new Promise(resolve => setTimeout(resolve, 50))
  v8.writeHeapSnapshot(process.argv[2])
  process.kill(process.pid, 'SIGKILL')
}
async function caller() { await work() }
caller()`

const SHAPES = `
import v8 from 'node:v8'
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
const storage = new AsyncLocalStorage()
async function leaf() { await delay(72000) }
async function plain() { await leaf() }
async function all() { await Promise.all([leaf(), 1, leaf()]) }
async function settled() { await Promise.allSettled([leaf()]) }
async function any() { await Promise.any([leaf()]) }
async function race() { await Promise.race([leaf(), delay(50000)]) }
async function thens() { await leaf().then(function first() {}).catch(function second() {}).finally(function third() {}) }
async function returned() { return leaf() }
async function outerReturned() { await returned() }
async function* generate() { await leaf(); yield 1 }
async function* delegate() { yield* generate() }
async function loop() { for await (const _ of generate()) {} }
async function loopDelegate() { for await (const _ of delegate()) {} }
async function loopSync() { for await (const _ of [leaf()]) {} }
async function* numbers() { for (;;) { await leaf(); yield 1 } }
async function threeAtOnce() { const all = numbers(); await Promise.all([all.next(), all.next(), all.next()]) }
const arrow = async () => { await leaf() }
class Service {
  async method() { await leaf() }
  async #hidden() { await leaf() }
  async open() { await this.#hidden() }
  static async make() { await leaf() }
}
async function executor() { await new Promise(async function work(resolve) { await leaf(); resolve() }) }
async function handOver() { await new Promise((resolve, reject) => leaf().then(resolve, reject)) }
async function closure() { await new Promise(resolve => { leaf().then(function done(value) { resolve(value) }) }) }
async function inStorage() { await storage.run({ id: 1 }, () => leaf()) }
class Later extends Promise {}
async function subclass() { await Later.all([leaf()]) }
let a, b
async function ringA() { await null; await b }
async function ringB() { await null; await a }
a = ringA()
b = ringB()
function* synchronous() { yield leaf() }
const service = new Service()
const started = [plain, all, settled, any, race, thens, outerReturned, loop, loopDelegate, loopSync, threeAtOnce, arrow,
  () => service.method(), () => service.open(), () => Service.make(), executor, handOver, closure, inStorage, subclass]
globalThis.keep = [a, b, started.map(start => start()), synchronous()]
leaf().then(function pure() {})
${WRITE()}
await new Promise(resolve => { globalThis.resume = resolve })`

const WAITS = `
import v8 from 'node:v8'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { execFile } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
const sleep = promisify(setTimeout)
const server = http.createServer(() => {})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address()
console.log(port)
const connect = async host => { const socket = net.connect(port, host); await once(socket, 'connect'); return socket }
const [first, second, third] = [await connect('127.0.0.1'), await connect('127.0.0.1'), await connect('localhost')]
first.remoteAddress
second.remoteAddress
const [arrayWaiters, mapWaiters, setWaiters] = [[], new Map(), new Set()]
const emitter = new EventEmitter()
class Mutex { queue = []; acquire() { return new Promise(resolve => this.queue.push(resolve)) } }
const mutex = new Mutex()
class Pool {
  pending = []
  acquire() {
    return new Promise((resolve, reject) => {
      this.pending.push({ resolve, reject, timer: setTimeout(() => reject(new Error('timeout')), 30000) })
    })
  }
}
const pool = new Pool()
class Driver { constructor(stream) { this.connection = { stream } } query() { return new Promise(resolve => { this.active = { resolve } }) } }
const driver = new Driver(second)
class Deferred { constructor() { this.promise = new Promise(resolve => { this.resolve = resolve }) } }
const deferred = new Deferred()
let forgotten = new Promise(() => {})
const functions = {
  async timerPromisified() { await sleep(12345) },
  async timerByHand() { await new Promise(resolve => setTimeout(resolve, 23456)) },
  async timerInClosure() { await new Promise(resolve => setTimeout(() => resolve(1), 34567)) },
  async timerOfPromises() { await delay(45678) },
  async thenable() { await { then(resolve) { setTimeout(resolve, 9999) } } },
  async lockArray() { await new Promise(resolve => arrayWaiters.push(resolve)) },
  async lockMap() { await new Promise(resolve => mapWaiters.set('key', resolve)) },
  async lockSet() { await new Promise(resolve => setWaiters.add(resolve)) },
  async lockClass() { await mutex.acquire() },
  async lockWithTimeout() { await pool.acquire() },
  async socketOnce() { await once(first, 'data') },
  async socketByHand() { await new Promise((resolve, reject) => { first.once('end', resolve); first.once('error', reject) }) },
  async socketGuarded() {
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('timeout')), 5000)
      first.once('drain', () => { clearTimeout(timer); resolve() })
    })
  },
  async socketLoop() { for await (const _ of third) {} },
  async socketOfDriver() { await driver.query() },
  async httpByHand() { await new Promise((resolve, reject) => http.get({ port, host: '127.0.0.1', path: '/slow?token=secret' }, resolve).on('error', reject)) },
  async httpFetch() { await fetch('http://127.0.0.1:' + port + '/fetched?token=secret') },
  async filePromises() { await fs.promises.readFile(process.argv[3]) },
  async filePromisified() { await promisify(fs.readFile)(process.argv[3]) },
  async event() { await once(emitter, 'ready') },
  async child() { await promisify(execFile)(process.execPath, ['-e', 'setTimeout(() => {}, 3000)']) },
  async held() { await deferred.promise },
  async lost() { await forgotten },
}
for (const start of Object.values(functions)) start()
${WRITE(', { exposeNumericValues: process.argv[4] === "numbers" }')}`

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'async-stacks-'))
})

afterAll(() => rm(dir, { recursive: true, force: true }))

let programs = 0

async function snapshotOf(node: string, name: string, source: string, ...args: string[]) {
  const program = join(dir, name)
  const path = join(dir, `${programs++}.heapsnapshot`)
  await writeFile(program, source)
  const output = await new Promise<string>((resolve, reject) => {
    execFile(node, [program, path, ...args], (error, stdout, stderr) => {
      if ((error as { signal?: string } | null)?.signal === 'SIGKILL') resolve(stdout)
      else reject(new Error(`the program ended too early: ${error?.message}${stderr}`))
    })
  })
  return { path, output, program }
}

const chainOf = (group: AsyncStackGroup) => group.frames.map(frame => frame.function).join(' < ')

/** The groups by their chain, without the frames inside Node. */
function chains({ groups }: AsyncStacks): Record<string, AsyncStackGroup['waitsOn'] & { count: number }> {
  return Object.fromEntries(
    groups.map(group => {
      const frames = group.frames.filter(frame => frame.package !== 'node')
      return [chainOf({ ...group, frames }), { ...group.waitsOn, count: group.count } as never]
    }),
  )
}

describe.each(NODES)('heap snapshots of %s', node => {
  it('counts a pile-up exactly', async () => {
    const { path, program } = await snapshotOf(node, 'pile-up.cjs', PILE_UP)
    const stacks = await readAsyncStacks(path)

    expect(stacks.total).toBe(3 * 500 + 77)
    expect(stacks.groups.map(group => [group.count, chainOf(group), group.waitsOn])).toEqual([
      [500, 'queryInventory < loadOrder < handleOrder', { type: 'lock', detail: 'Pool.waiters' }],
      [77, 'waitLock', { type: 'promise', detail: expect.any(String) }],
    ])
    const line = PILE_UP.split('\n').findIndex(text => text.includes('function queryInventory')) + 1
    expect(stacks.groups[0]?.frames[0]).toEqual({
      function: 'queryInventory',
      kind: 'async',
      file: pathToFileURL(program).href,
      line,
      column: 'async function queryInventory('.length,
    })
    expect(stacks.nodes).toBeGreaterThan(10_000)
    expect(stacks.edges).toBeGreaterThan(stacks.nodes)
    expect(toCollapsed(stacks)).toBe(
      `handleOrder (pile-up.cjs:${line + 2});loadOrder (pile-up.cjs:${line + 1});queryInventory (pile-up.cjs:${line}) 500\n` +
        `waitLock (pile-up.cjs:${line + 3}) 77\n`,
    )
  })

  it('follows every way of waiting', async () => {
    const { path } = await snapshotOf(node, 'shapes.mjs', SHAPES)
    const stacks = await readAsyncStacks(createReadStream(path, { highWaterMark: 777 }))

    const counts = Object.fromEntries(Object.entries(chains(stacks)).map(([chain, { count }]) => [chain, count]))
    const ring = Object.keys(counts).find(chain => chain.startsWith('ring')) as string
    expect(['ringA < ringB', 'ringB < ringA']).toContain(ring)
    delete counts[ring]
    expect(counts).toEqual({
      'leaf < plain': 1,
      'leaf < Promise.all < all': 2,
      'leaf < Promise.allSettled < settled': 1,
      'leaf < Promise.any < any': 1,
      'leaf < Promise.race < race': 1,
      'Promise.race < race': 1,
      'leaf < first < second < third < thens': 1,
      'leaf < outerReturned': 1,
      'leaf < generate < loop': 1,
      'leaf < generate < delegate < loopDelegate': 1,
      'leaf < loopSync': 1,
      'leaf < numbers < Promise.all < threeAtOnce': 3,
      'leaf < arrow': 1,
      'leaf < method': 1,
      'leaf < #hidden < open': 1,
      'leaf < make': 1,
      'leaf < work < executor': 1,
      'leaf < handOver': 1,
      'leaf < done < closure': 1,
      'leaf < inStorage': 1,
      'leaf < Promise.all < subclass': 1,
      'leaf < pure': 1,
      '(module)': 1,
    })
    const kinds = new Map(stacks.groups.flatMap(group => group.frames).map(frame => [frame.function, frame.kind]))
    expect(kinds.get('generate')).toBe('async generator')
    expect(kinds.get('first')).toBe('then')
    expect(kinds.get('second')).toBe('catch')
    expect(kinds.get('third')).toBe('finally')
    expect(kinds.get('(module)')).toBe('module')
    expect(kinds.get('Promise.all')).toBe('Promise.all')
  })

  it('shows the function that runs below those that wait for it', async () => {
    const { path } = await snapshotOf(node, 'running.cjs', RUNNING)
    const stacks = await readAsyncStacks(path)
    expect(stacks.total).toBe(1)
    expect(stacks.groups).toHaveLength(1)
    expect(stacks.groups[0]).toMatchObject({
      count: 1,
      frames: [{ function: 'work' }, { function: 'caller' }],
      waitsOn: { type: 'unknown', detail: 'running or ready to run' },
    })
  })

  it.each(['plain', 'numbers'])('tells what the innermost waits on (%s)', async numbers => {
    const fifo = join(dir, 'fifo')
    await new Promise(resolve => execFile('mkfifo', [fifo], resolve))
    const { path, output } = await snapshotOf(node, 'waits.mjs', WAITS, fifo, numbers)
    const found = chains(await readAsyncStacks(path))
    const port = numbers === 'numbers' ? `:${output.trim()}` : ''
    const what = (chain: string) => [found[chain]?.type, found[chain]?.detail].filter(Boolean).join(' ')

    expect(what('timerPromisified')).toBe('timer 12345 ms')
    expect(what('timerByHand')).toBe('timer 23456 ms')
    expect(what('timerInClosure')).toBe('timer 34567 ms')
    expect(what('timerOfPromises')).toBe('timer 45678 ms')
    expect(what('thenable')).toBe('timer 9999 ms')
    expect(what('lockArray')).toBe('lock arrayWaiters')
    expect(what('lockMap')).toBe('lock mapWaiters')
    expect(what('lockSet')).toBe('lock setWaiters')
    expect(what('lockClass')).toBe('lock Mutex.queue')
    expect(what('lockWithTimeout')).toMatch(/^lock Pool\.pending/)
    expect(what('socketOnce')).toBe(`socket 127.0.0.1${port}`)
    expect(what('socketByHand')).toBe(`socket 127.0.0.1${port}`)
    expect(what('socketGuarded')).toBe(`socket 127.0.0.1${port}`)
    expect(what('socketLoop')).toBe('socket localhost')
    expect(what('socketOfDriver')).toBe(`socket 127.0.0.1${port} (Driver.active)`)
    expect(what('httpByHand')).toBe(`http GET 127.0.0.1:${output.trim()}/slow`)
    expect(what('httpFetch')).toBe(`http GET http://127.0.0.1:${output.trim()}/fetched`)
    expect(what('filePromises')).toBe('file')
    expect(what('filePromisified')).toBe('file')
    expect(what('event')).toBe('event EventEmitter ready')
    expect(what('child')).toMatch(/^unknown child process .*node/)
    expect(what('held')).toBe('promise Deferred.resolve')
    expect(what('lost')).toBe('promise no resolve function of it is left')
  })
})

describe('what is not a heap snapshot', () => {
  let whole: Buffer
  beforeAll(async () => {
    whole = await readFile((await snapshotOf(process.execPath, 'pile-up.cjs', PILE_UP)).path)
  })

  async function* bytes(...pieces: (Uint8Array | string)[]) {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece
  }
  const reject = (source: Parameters<typeof readAsyncStacks>[0], code: string) =>
    expect(readAsyncStacks(source)).rejects.toMatchObject({ name: 'AutodumpError', code })

  it('refuses a missing file, a failing stream and bytes that are none', async () => {
    await reject(join(dir, 'none.heapsnapshot'), 'FAILED')
    await reject(dir, 'FAILED')
    await reject(
      (async function* () {
        yield Buffer.from('{')
        throw new Error('gone')
      })(),
      'FAILED',
    )
    await reject(
      (async function* () {
        yield 'text' as never
      })(),
      'INVALID',
    )
  })

  it.each([
    '',
    '[]',
    '{}',
    'null',
    '{"snapshot":1}',
    '{"nodes":[1]}',
    '{"snapshot":{"meta":{}},"nodes":[]}',
    '\u001f\u008b',
  ])('refuses %j', text => reject(bytes(text), 'INVALID'))

  it('refuses a snapshot that was cut off anywhere', async () => {
    for (let part = 1; part < 40; part++) await reject(bytes(whole.subarray(0, (whole.length * part) / 40)), 'INVALID')
    await reject(bytes(whole.subarray(0, whole.lastIndexOf('}'))), 'INVALID')
  })

  it('survives any damage with a result or a refusal', async () => {
    let seed = 1
    const random = (below: number) => {
      seed = (seed * 48271) % 0x7fffffff
      return seed % below
    }
    for (let round = 0; round < 40; round++) {
      const damaged = Buffer.from(whole)
      for (let i = 0; i < 1 + random(20); i++)
        damaged[random(damaged.length)] = '0123456789,[]{}":\\ x'.charCodeAt(random(20))
      const outcome = await readAsyncStacks(bytes(damaged)).catch(error => error)
      if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'AutodumpError', code: 'INVALID' })
      else expect(outcome.groups.length).toBeLessThanOrEqual(1000)
    }
  })

  it('refuses one that is larger than the limits', async () => {
    await expect(readAsyncStacks(bytes(whole), { limits: { maxNodes: 100 } })).rejects.toMatchObject({
      code: 'FAILED',
      message: expect.stringMatching(/node_count \d+ is over 100/),
    })
  })

  it('reads other orders and numbers of fields', async () => {
    const snapshot = JSON.parse(whole.toString())
    const { meta } = snapshot.snapshot
    const stride = meta.node_fields.length
    const rows = (list: number[], size: number) =>
      Array.from({ length: list.length / size }, (_, row) => list.slice(row * size, (row + 1) * size))
    const keep = ['edge_count', 'name', 'type', 'id']
    const order = keep.map(field => meta.node_fields.indexOf(field))
    snapshot.nodes = rows(snapshot.nodes, stride).flatMap(row => [...order.map(at => row[at] as number), 7])
    meta.node_types = ['number', 'string', meta.node_types[0], 'number', 'number']
    meta.node_fields = [...keep, 'novelty']
    snapshot.edges = rows(snapshot.edges, 3).flatMap(([type, name, to]) => [(to! / stride) * 5, type, name])
    meta.edge_types = ['node', meta.edge_types[0], 'string_or_number']
    meta.edge_fields = ['to_node', 'type', 'name_or_index']
    snapshot.locations = rows(snapshot.locations, 4).flatMap(row => [(row[0]! / stride) * 5, ...row.slice(1)])

    const plain = await readAsyncStacks(bytes(whole))
    const reordered = await readAsyncStacks(bytes(JSON.stringify(snapshot, null, 1)))
    expect(reordered.groups).toEqual(plain.groups)
    expect(reordered.total).toBe(3 * 500 + 77)
  })

  it('cuts long chains and many groups, and says so', async () => {
    const short = await readAsyncStacks(bytes(whole), { limits: { maxDepth: 2 } })
    expect(short).toMatchObject({ truncated: true })
    expect(chainOf(short.groups[0] as AsyncStackGroup)).toBe('queryInventory < loadOrder')
    const few = await readAsyncStacks(bytes(whole), { limits: { maxGroups: 1 } })
    expect(few.truncated).toBe(true)
    expect(few.groups).toHaveLength(1)
  })
})
