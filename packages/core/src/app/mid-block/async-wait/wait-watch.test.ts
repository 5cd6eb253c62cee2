import { AsyncResource, executionAsyncId } from 'node:async_hooks'
import { readFile } from 'node:fs'
import { connect, createServer } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { WaitOptions } from '../../../link/replies.js'
import { watchWaits } from './wait-watch.js'

const usual: WaitOptions = { durationMs: 1000, deadlineMs: 60_000, maxWaits: 10_000, maxStacks: 1000, budgetMs: 1000 }

const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

function watch(options: Partial<WaitOptions> = {}) {
  const running = watchWaits({ ...usual, ...options })
  onTestFinished(running.stop)
  const collect = () => {
    const reply = running.collect()
    return { ...reply, of: (name: string) => reply.groups.filter(({ frames }) => frames.some(([own]) => own === name)) }
  }
  return { collect, stop: running.stop }
}

describe('watching waits', () => {
  it('takes the time of a timer, and who waits for it', async () => {
    const { collect } = watch()
    async function nap() {
      await sleep(60)
    }
    async function handler() {
      await nap()
    }
    await Promise.all(Array.from({ length: 2 }, handler))
    const [timer, ...others] = collect().of('nap')
    expect(others).toEqual([])
    expect(timer).toMatchObject({ type: 'Timeout', count: 2, pending: 0 })
    expect(timer?.frames.map(([name]) => name)).toEqual(expect.arrayContaining(['setTimeout', 'nap', 'handler']))
    expect(timer?.ms).toBeGreaterThan(110)
  })

  it('takes promises that other code settles, from when somebody waits for them', async () => {
    const { collect } = watch()
    let release = () => {}
    function lock() {
      return new Promise<void>(resolve => {
        release = resolve
      })
    }
    function unheeded() {
      return new Promise<void>(() => {})
    }
    async function checkout() {
      const locked = lock()
      unheeded()
      await sleep(50)
      await locked
    }
    const made = performance.now()
    const done = checkout()
    await sleep(70)
    const released = performance.now()
    release()
    await done
    const { of } = collect()
    const [wait] = of('lock')
    expect(wait).toMatchObject({ type: 'PROMISE', count: 1, pending: 0 })
    expect(wait?.ms).toBeLessThan(released - made - 20)
    expect(of('unheeded')).toEqual([])
  })

  it('tells the peer of the socket that settled a promise', async () => {
    const server = createServer(socket => void socket.on('data', data => socket.write(data))).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    await new Promise(resolve => socket.once('connect', resolve))
    const { collect } = watch()
    function query() {
      return new Promise(resolve => {
        socket.once('data', resolve)
        socket.write('?')
      })
    }
    await query()
    const promises = collect()
      .of('query')
      .filter(({ type }) => type === 'PROMISE')
    expect(promises).toMatchObject([{ detail: `127.0.0.1:${port}`, count: 1 }])
  })

  it('takes callbacks, what still waits, and no housekeeping', async () => {
    const { collect } = watch()
    function load() {
      return new Promise<void>(done => readFile(new URL(import.meta.url), () => done()))
    }
    function guard() {
      clearTimeout(setTimeout(() => {}, 1e6))
      setTimeout(() => {}, 1e6).unref()
    }
    function poll() {
      const timer = setInterval(() => {}, 1)
      onTestFinished(() => clearInterval(timer))
    }
    let timer: NodeJS.Timeout | undefined
    function later() {
      timer = setTimeout(() => {}, 1e6)
    }
    function task() {
      const resource = new AsyncResource('PoolRequest')
      new AsyncResource('NeverRun')
      resource.runInAsyncScope(() => {})
    }
    guard()
    poll()
    later()
    task()
    await load()
    await sleep(20)
    const { of, leftOut, groups } = collect()
    clearTimeout(timer)
    expect(of('load').map(({ type }) => type)).toContain('FSREQCALLBACK')
    expect(of('later')).toMatchObject([{ type: 'Timeout', pending: 1 }])
    expect([...of('guard'), ...of('poll')]).toEqual([])
    expect(leftOut.cancelled).toBeGreaterThanOrEqual(1)
    expect(leftOut.housekeeping).toBeGreaterThanOrEqual(2)
    expect(of('task').map(({ type }) => type)).toEqual(['PoolRequest'])
    expect(groups.filter(({ type }) => type === 'NeverRun')).toEqual([])
  })

  it('stops to take in at its limits, and says so', async () => {
    const many = watch({ maxWaits: 20, durationMs: 1 })
    for (let index = 0; index < 100; index++) void sleep(1)
    expect(many.collect()).toMatchObject({ stoppedEarly: 'waits' })
    const dear = watch({ budgetMs: 0 })
    void sleep(1)
    expect(dear.collect()).toMatchObject({ stoppedEarly: 'time' })
  })

  it('leaves the application its way to spell out stacks', async () => {
    const { prepareStackTrace, stackTraceLimit } = Error
    onTestFinished(() => void Object.assign(Error, { prepareStackTrace, stackTraceLimit }))
    const mine = () => 'mine'
    Object.assign(Error, { prepareStackTrace: mine, stackTraceLimit: 1 })
    const { collect } = watch()
    await (async function nap() {
      await sleep(1)
    })()
    expect(collect().of('nap').length).toBe(1)
    expect([Error.prepareStackTrace, Error.stackTraceLimit]).toEqual([mine, 1])
  })

  it('ends by itself where nobody asks for the result, and leaves no hook on', async () => {
    const inPromise = async () => (await Promise.resolve().then(executionAsyncId)) !== 0
    const unwatched = await inPromise()
    watch({ deadlineMs: 30 })
    // A promise may go on within another callback, which has a number of its own.
    const over = () => vi.waitFor(async () => expect(await inPromise()).toBe(unwatched), { timeout: 4000 })
    await over()
    const { stop } = watch()
    expect(await inPromise()).toBe(true)
    stop()
    await over()
  })
})
