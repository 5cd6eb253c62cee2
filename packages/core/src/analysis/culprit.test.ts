import { describe, expect, it } from 'vitest'
import { cpu, trigger } from '../testing/incidents.js'
import { profileOf, type Slice } from '../testing/profile-of.js'
import { findBefore, sayBefore } from './before.js'
import { analyseCpu } from './cpu.js'
import type { Culprit } from './culprit.js'
import { sayCulprit } from './say-culprit.js'
import { summarise } from './summary.js'

const analyse = (...slices: Slice[]) => analyseCpu(profileOf(...slices), '/app')

const say = (...slices: Slice[]) => {
  const { culprit } = analyse(...slices)
  return culprit && sayCulprit(culprit)
}

const handler = '(anonymous) /app/src/server.js:3'
const renderOrders = 'renderOrders /app/src/orders.js:40'
const renderOrder = 'renderOrder /app/src/orders.js:30'

/** So many functions of equal cost below some others. */
const spread = (count: number, ms: number, above: string[], url = '/app/src/cells.js', below: string[] = []) =>
  Array.from({ length: count }, (_, index): Slice => [ms, ...above, `f${index} ${url}:${index + 1}`, ...below])

const orm = '/app/node_modules/orm/lib/model.js'

describe('the culprit of time in many small functions', () => {
  it('is the innermost function of the app above nearly all of it', () => {
    const cells = spread(24, 4, [handler, renderOrders, renderOrder])
    expect(say(...cells, [4, handler])).toBe('renderOrder (src/orders.js:30), spread over 24 functions,')
    expect(analyse(...cells, [4, handler]).culprit).toMatchObject({ share: 0.96, spread: { package: null, share: 1 } })
  })

  it('is the function of the app above a package, with the share that lies in the package', () => {
    const rows = spread(34, 2, [handler, renderOrders], orm)
    const others = spread(8, 2, [handler, renderOrders])
    expect(say(...rows, ...others, [5, '(garbage collector)'])).toBe(
      'renderOrders (src/orders.js:40), 81% of it in 34 functions of orm,',
    )
  })

  it('counts the packages below that one with it, and callbacks of the app in between', () => {
    const lodash = 'keys /app/node_modules/lodash/lodash.js:9'
    const callback = 'cell /app/src/orders.js:50'
    const rows = spread(10, 2, [renderOrders], orm, [lodash])
    const cells = spread(4, 4, [renderOrders, 'each /app/node_modules/orm/lib/each.js:1', callback], orm)
    const { culprit } = analyse(...rows, ...spread(20, 4, [renderOrders], orm), ...cells)
    expect(culprit).toMatchObject({
      function: { name: 'renderOrders' },
      spread: { package: 'orm', others: 1, share: 1 },
    })
    expect(sayCulprit(culprit as Culprit)).toContain('functions of orm and a package that it calls,')
  })

  it('is not a function that only hands on to others through a package', () => {
    const next = 'next /app/node_modules/express/router.js:5'
    const log = 'logRequest /app/src/log.js:1'
    const route = (name: string) => spread(10, 3, [log, next, `${name} /app/src/${name}.js:1`])
    expect(say(...route('a'), ...route('b'), ...route('c'), [3, log, next])).toMatch(
      /^[abc] \(src\/[abc]\.js:1\), spread over 10/,
    )
    const direct = (name: string) => spread(10, 3, [log, `${name} /app/src/${name}.js:1`])
    expect(say(...direct('a'), ...direct('b'), ...direct('c'))).toMatch(/^logRequest /)
  })

  it('is the named function around a callback without a name', () => {
    expect(say(...spread(20, 5, [renderOrders, '(anonymous) /app/src/orders.js:41']))).toMatch(/^renderOrders \(/)
    expect(say(...spread(20, 5, [handler]))).toBe('(anonymous) (src/server.js:3), spread over 20 functions,')
  })

  it('is a single function if that stands out among them', () => {
    const hot = 'hash /app/src/hash.js:7'
    expect(say(...spread(10, 3, [renderOrders]), [40, renderOrders, hot])).toBe('hash (src/hash.js:7)')
    expect(say(...spread(10, 8, [renderOrders]), [12, renderOrders, hot])).toMatch(/^renderOrders .*11 functions/)
  })

  it('is one function of a package with the function of the app that called it, if it explains that', () => {
    const parse = `parse ${orm}:5`
    const rest = spread(12, 4, ['other /app/src/other.js:1'])
    expect(say([40, renderOrders, parse], [12, renderOrders], ...rest)).toBe(
      'parse (orm/lib/model.js:5), called by renderOrders (src/orders.js:40),',
    )
    // An eighth of the time in a framework, below nobody: no culprit.
    expect(say([12, 'writePayload /app/node_modules/fastify/reply.js:7'], [88, '(program)'])).toBeNull()
  })

  it('is the package that the event loop entered, if no function of the app is to blame', () => {
    const entry = `afterQuery ${orm}:90`
    const rows = spread(30, 3, ['onread node:net:5', entry], orm)
    expect(say(...rows, [9, renderOrders])).toBe(
      '30 functions of orm, which the event loop entered through afterQuery (orm/lib/model.js:90),',
    )
    expect(analyse(...rows, [2000, '(idle)']).culprit).toBeNull()
  })

  it('goes by the time beside garbage collection, which is the work of no function', () => {
    const rows = spread(20, 2, ['runMicrotasks', `afterQuery ${orm}:90`], orm)
    expect(say(...rows, [38, '(garbage collector)'], [22, '(program)'])).toMatch(/^20 functions of orm, which/)
    expect(say(...rows, [10, '(garbage collector)'], [50, '(program)'])).toBeNull()
    const few = spread(4, 2, ['runMicrotasks', `afterQuery ${orm}:90`], orm)
    expect(say(...few, [85, '(garbage collector)'], [7, '(program)'])).toBeNull()
    const { headline } = summarise({
      ...{ trigger: trigger('cpu', 96), samples: [], at: 0, blockedFor: 0, failures: [], cwd: '/app' },
      evidence: new Map([cpu([...rows, [38, '(garbage collector)'], [22, '(program)']])]),
    })
    expect(headline).toMatch(/^CPU at 96%.*orm, entered through afterQuery .*plus 38% garbage collection$/)
  })

  it('has a finding with its figures', () => {
    const evidence = new Map([
      ['cpu-profile', [profileOf(...spread(30, 3, [renderOrders], orm), [10, '(idle)'])]],
    ]) as never
    const trigger = {
      metric: 'cpu',
      rule: 'watermark',
      value: 97,
      mean: 11,
      threshold: 80,
      unit: 'percent',
      history: [],
      reason: '',
    } as never
    const { text, findings } = summarise({
      trigger,
      samples: [],
      at: 0,
      evidence,
      blockedFor: 0,
      failures: [],
      cwd: '/app',
    })
    expect(text).toContain(
      'renderOrders (src/orders.js:40), 100% of it in 30 functions of orm, took 100% of the busy time',
    )
    expect(findings.find(({ kind }) => kind === 'hot-path')?.data).toMatchObject({
      name: 'renderOrders',
      file: 'src/orders.js',
      line: 40,
      share: 1,
      spread: { functions: 30, package: 'orm', others: 0, share: 1 },
    })
  })
})

describe('the windows before', () => {
  it('name it by total time too, unless the capture does', () => {
    const before = analyse(...spread(30, 30, [renderOrders], orm), [100, '(idle)'])
    const idle = analyse([1000, '(idle)'])
    expect(sayBefore(before, idle)).toBe(
      'in the 1.0 s before renderOrders (src/orders.js:40), 100% of it in 30 functions of orm, took 100% of the busy time',
    )
    expect(findBefore(before, idle)[0]).toMatchObject({
      kind: 'hot-before',
      data: { name: 'renderOrders', loadBefore: 0.9 },
    })
    expect(sayBefore(before, before)).toBeNull()
    const less = analyse(...spread(30, 10, [renderOrders], orm), [700, '(idle)'])
    expect(sayBefore(before, less)).toBeNull()
  })

  it('do not blame a framework, and say long garbage collection', () => {
    const send = 'send /app/node_modules/fastify/reply.js:7'
    const idle = analyse([1000, '(idle)'])
    expect(sayBefore(analyse([200, send], [150, '(garbage collector)'], [500, '(program)']), idle)).toBeNull()
    expect(sayBefore(analyse([600, renderOrders], [400, '(garbage collector)']), idle)).toBe(
      'in the 1.0 s before renderOrders (src/orders.js:40) took 60% of the busy time, garbage collection 40% (400 ms)',
    )
  })
})

describe('a callback', () => {
  it('is told by the function around it', () => {
    const callback = '(anonymous) /app/src/ranking.js:3'
    expect(say([80, 'topSellers /app/src/ranking.js:2', callback], [20, handler])).toBe(
      'topSellers (src/ranking.js:2), mostly in its callback in line 3,',
    )
    expect(say([80, 'other /app/src/other.js:2', callback])).toBe(
      '(anonymous) (src/ranking.js:3), called by other (src/other.js:2),',
    )
  })
})
