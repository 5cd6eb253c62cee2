import { describe, expect, it } from 'vitest'
import type { Finding } from '../model/manifest.js'
import { trigger } from '../testing/incidents.js'
import { sureCulpritOf } from './sure-culprit.js'

const of = (metric: string, ...findings: [kind: string, data: Record<string, unknown>][]) =>
  sureCulpritOf({
    trigger: trigger(metric, 90),
    summary: { text: '', findings: findings.map(([kind, data]): Finding => ({ kind, text: kind, data })) },
  })

const hot = (load: number, name = 'burn') => ({ function: { name, file: 'a.js' }, share: 1, load })

const holder = { name: 'keep', file: 'b.js', bytes: 80, sampledBytes: 100 }

describe('the culprit of a dump', () => {
  it('is the one of the evidence that tells most about the metric', () => {
    expect(of('cpu', ['allocator', holder], ['culprit', hot(0.9)])).toEqual({ name: 'burn a.js', sureness: 0.9 })
    expect(of('heap', ['culprit', hot(0.9)], ['allocator', holder])).toEqual({ name: 'keep b.js', sureness: 0.8 })
    const waiting = { function: { name: 'lock', file: 'c.js' }, count: 57, total: 60 }
    expect(of('inFlight', ['waiting-function', waiting])).toEqual({ name: 'lock c.js', sureness: 0.95 })
    expect(of('inFlight', ['outbound-group', { target: 'db:1', count: 3, total: 4 }])?.name).toBe('db:1')
  })

  it('is as sure as its share of all the time: in an idle process it explains nothing', () => {
    expect(of('eventLoopDelay', ['culprit', hot(0.02)])?.sureness).toBe(0.02)
  })

  it('is nobody without evidence, and where the machine is the cause', () => {
    expect(of('cpu')).toBeNull()
    expect(of('cpu', ['allocator', holder])).toBeNull()
    expect(of('eventLoopDelay', ['starved', {}], ['culprit', hot(0.9)])).toBeNull()
  })
})
