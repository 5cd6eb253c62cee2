import { describe, expect, it } from 'vitest'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { RequestsEvidence } from '../model/request-table.js'
import { faultOf } from './fault.js'
import { findInRequests } from './requests.js'

const trigger = (metric: string | null, rule: TriggerInfo['rule'] = 'spike'): TriggerInfo => ({
  ...{ metric, rule, value: 90, mean: 10, threshold: 80, unit: 'percent', history: [], reason: '90% is much' },
})

const hot = (name: string, file: string, line = 3): Finding => ({
  kind: 'culprit',
  text: '',
  data: { function: { name, file, line }, share: 0.9 + line / 1000 },
})

const of = (metric: string | null, findings: Finding[], rule?: TriggerInfo['rule']) =>
  faultOf({ trigger: trigger(metric, rule), summary: { text: '', findings } })

describe('the fault of a dump', () => {
  it('is the same whichever line, figures and rule of the level, and whichever metric of the family', () => {
    const fault = of('cpu', [hot('hash', 'src/orders.js', 3)])
    expect(fault).toEqual({ fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/), title: 'hash (src/orders.js)' })
    expect(of('cpu', [hot('hash', 'src/orders.js', 77)], 'watermark')).toEqual(fault)
    expect(of('eventLoopDelay', [hot('hash', 'src/orders.js')])).toEqual(fault)
  })

  it('calls a function without a name by its file', () => {
    const fault = of('cpu', [hot('(anonymous)', 'src/orders.js', 3)])
    expect(fault?.title).toBe('a function in src/orders.js')
    expect(of('cpu', [hot('(anonymous)', 'src/orders.js', 90)])).toEqual(fault)
  })

  it('calls a callback by the function that it stands in', () => {
    const data = { function: { name: '(anonymous)', file: 'src/orders.js', line: 9 }, share: 0.9 }
    const calledBy = { name: 'renderOrders', file: 'src/orders.js', line: 8 }
    const fault = of('cpu', [{ kind: 'culprit', text: '', data: { ...data, calledBy } }])
    expect(fault).toEqual(of('cpu', [hot('renderOrders', 'src/orders.js')]))
    const elsewhere = { ...calledBy, file: 'src/pages.js' }
    expect(of('cpu', [{ kind: 'culprit', text: '', data: { ...data, calledBy: elsewhere } }])?.title).toBe(
      'a function in src/orders.js',
    )
  })

  it('is that of the function that allocates, where only garbage collection stands out', () => {
    const share = (data: object): Finding => ({ kind: 'gc-share', text: '', data: { gcMs: 50, busyMs: 90, ...data } })
    expect(of('cpu', [share({ function: { name: 'render', file: 'src/page.js' } })])?.title).toBe(
      'render (src/page.js)',
    )
    expect(of('cpu', [share({})])?.title).toBe('CPU, culprit unknown')
  })

  it('is none where somebody asked for a dump of a process that had next to nothing to do', () => {
    const busy = (load: number) => ({
      ...hot('hash', 'src/orders.js'),
      data: { ...hot('hash', 'src/orders.js').data, load },
    })
    const past = (loadBefore: number): Finding => ({
      kind: 'hot-before',
      text: '',
      data: { name: 'hash', file: 'src/orders.js', loadBefore },
    })
    expect(of(null, [busy(0.02), past(0.02)], 'manual')).toBeUndefined()
    expect(of(null, [busy(0.4)], 'manual')?.title).toBe('hash (src/orders.js)')
    expect(of(null, [past(0.4)], 'manual')?.title).toBe('hash (src/orders.js)')
    expect(of('cpu', [busy(0.02)])?.title).toBe('hash (src/orders.js)')
  })

  it('is another for another function, file, family or kind of rule', () => {
    const faults = [
      of('cpu', [hot('hash', 'src/orders.js')]),
      of('cpu', [hot('hash', 'src/users.js')]),
      of('cpu', [hot('sign', 'src/orders.js')]),
      of('cpu', []),
      of('heap', [hot('hash', 'src/orders.js')]),
      of('heap', [], 'leak'),
      of(null, [{ kind: 'crash', text: '', data: { cause: 'killed' } }], 'crash'),
      of(null, [{ kind: 'crash', text: '', data: { cause: 'heap-out-of-memory' } }], 'crash'),
    ]
    expect(new Set(faults.map(fault => fault?.fingerprint)).size).toBe(faults.length)
  })

  it('goes by what says most about the metric: who waits, who holds, who runs', () => {
    const all: Finding[] = [
      hot('render', 'src/page.js'),
      { kind: 'request-group', text: '', data: { method: 'GET', route: '/orders/:id' } },
      { kind: 'waiting-function', text: '', data: { function: { name: 'acquire', file: 'src/pool.js' } } },
      { kind: 'allocator', text: '', data: { name: 'parse', file: 'src/feed.js' } },
    ]
    expect(of('cpu', all)?.title).toBe('render (src/page.js)')
    expect(of('inFlight', all)?.title).toBe('acquire (src/pool.js)')
    expect(of('inFlight', all.slice(0, 2))?.title).toBe('GET /orders/:id')
    expect(of('heap', all)?.title).toBe('parse (src/feed.js)')
  })

  it('names the culprit that the headline names: the machine first, and the code that ran where the heap names nobody', () => {
    const starved: Finding = { kind: 'starved', text: '' }
    const ran = hot('render', 'src/page.js')
    const upstream: Finding = { kind: 'outbound-group', text: '', data: { kind: 'postgres', target: 'db:5432' } }
    expect(of('eventLoopDelay', [ran, starved])?.title).toBe('the machine or the CPU quota')
    expect(of('gc', [ran])?.title).toBe('render (src/page.js)')
    expect(of('requestAge', [ran, upstream])?.title).toBe('postgres db:5432')
    // A wait explains no CPU time.
    expect(of('cpu', [upstream])?.title).toBe('CPU, culprit unknown')
  })

  it('is none where somebody asked for a dump and it accuses nobody', () => {
    expect(of(null, [], 'manual')).toBeUndefined()
    const inFlight = (total: number, streams = 0) => {
      const states = { [streams > 0 ? 'streaming' : 'handling']: total }
      const group = { method: 'GET', route: '/orders/:id', count: total, oldestAgeMs: 9, medianAgeMs: 9, states }
      return findInRequests({
        total,
        streams,
        groups: [group],
        outbound: { groups: [] },
      } as unknown as RequestsEvidence)
    }
    expect(of(null, inFlight(1), 'manual')).toBeUndefined()
    expect(of(null, inFlight(10), 'manual')?.title).toBe('GET /orders/:id')
    // Streams that are served are no pile, however many.
    expect(of(null, inFlight(10, 10), 'manual')).toBeUndefined()
    expect(of('cpu', inFlight(1))?.title).toBe('GET /orders/:id')
    expect(of(null, [hot('hash', 'src/orders.js')], 'manual')?.title).toBe('hash (src/orders.js)')
  })
})
