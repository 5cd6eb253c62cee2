import { describe, expect, it } from 'vitest'
import type { RawFrame } from '../../../lib/our-stacks.js'
import { treatmentOf } from './types.js'
import { groupWaits, type Wait } from './wait-groups.js'

const app = (name: string, line = 1): RawFrame => [name, 'file:///srv/shop/src/shop.js', line, 1, 'sync']

const node = (name: string, module = 'timers'): RawFrame => [name, `node:${module}`, 9, 9, 'sync']

const newPromise: RawFrame = ['Promise', '', 0, 0, 'sync']

const wait = (type: string, frames: RawFrame[], more: Partial<Wait> = {}): Wait => ({
  type,
  detail: '',
  frames,
  ms: 10,
  weight: 1,
  pending: false,
  ...more,
})

const names = (frames: RawFrame[]) => frames.map(([name]) => name)

describe('waits', () => {
  it('of one type and stack are added up, by their weights, the most time first', () => {
    const frames = [node('readFile', 'fs'), app('load')]
    const groups = groupWaits([
      wait('FSREQCALLBACK', [app('other')]),
      wait('FSREQCALLBACK', frames, { ms: 5, weight: 4 }),
      wait('FSREQCALLBACK', frames, { ms: 20, pending: true }),
    ])
    expect(groups).toMatchObject([
      { type: 'FSREQCALLBACK', count: 5, ms: 40, pending: 1 },
      { count: 1, ms: 10, pending: 0 },
    ])
  })

  it('count once for a timer in a promise, as a timer', () => {
    const outer = [app('nap'), app('handler')]
    const groups = groupWaits([
      wait('PROMISE', [newPromise, ...outer]),
      wait('Timeout', [node('Timeout', 'internal/timers'), node('setTimeout'), app('executor'), newPromise, ...outer]),
    ])
    expect(groups.map(({ type, ms }) => [type, ms])).toEqual([['Timeout', 10]])
    expect(names(groups[0]?.frames ?? [])).toEqual(['setTimeout', 'executor', 'Promise', 'nap', 'handler'])
  })

  it('for a promise that other code settles stay, whoever has a timer elsewhere', () => {
    const groups = groupWaits([
      wait('PROMISE', [newPromise, app('lock', 3), app('checkout')], { ms: 90 }),
      wait('Timeout', [node('setTimeout'), app('executor'), newPromise, app('nap', 7)]),
    ])
    expect(groups.map(({ type }) => type)).toEqual(['PROMISE', 'Timeout'])
  })

  it('for one call of Node count once, though Node makes promises of its own for it', () => {
    const undici = (name: string) => node(name, 'internal/deps/undici/undici')
    const groups = groupWaits([
      wait('PROMISE', [newPromise, undici('createDeferredPromise'), undici('fetch'), app('load')], { ms: 200 }),
      wait('PROMISE', [newPromise, undici('dispatch'), undici('httpFetch'), undici('fetch'), app('load')], { ms: 190 }),
    ])
    expect(groups).toMatchObject([{ ms: 200, count: 1 }])
    expect(names(groups[0]?.frames ?? [])).toEqual(['fetch', 'load'])
  })

  it('that have not ended are taken to end as the others of their stack', () => {
    const frames = [newPromise, app('query')]
    const groups = groupWaits([
      wait('PROMISE', frames, { detail: '10.0.0.5:5432' }),
      wait('PROMISE', frames, { pending: true }),
    ])
    expect(groups).toMatchObject([{ detail: '10.0.0.5:5432', count: 2, pending: 1 }])
  })

  it('have stacks without the event loop', () => {
    const loop = node('processTicksAndRejections', 'internal/process/task_queues')
    const [group] = groupWaits([wait('PROMISE', [newPromise, app('lock'), loop, app('checkout')])])
    expect(names(group?.frames ?? [])).toEqual(['Promise', 'lock', 'checkout'])
  })
})

it('waits are those for something that ends', () => {
  const types = 'Timeout FSREQPROMISE GETADDRINFOREQWRAP TCPCONNECTWRAP PBKDF2REQUEST ZLIB PROCESSWRAP'.split(' ')
  expect(types.map(treatmentOf)).toEqual(types.map(() => 'once'))
  const idle = 'TCPWRAP TCPSERVERWRAP TLSWRAP HTTPINCOMINGMESSAGE HTTPCLIENTREQUEST MESSAGEPORT TickObject'.split(' ')
  expect(idle.map(treatmentOf)).toEqual(idle.map(() => 'ignore'))
  expect(['PoolRequest', 'PROMISE', 'bound-anonymous-fn'].map(treatmentOf)).toEqual(['later', 'later', 'later'])
})
