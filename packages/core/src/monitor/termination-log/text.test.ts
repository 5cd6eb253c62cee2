import { describe, expect, it } from 'vitest'
import type { Finding } from '../../model/manifest.js'
import type { RequestGroup } from '../../model/request-table.js'
import { decisionOf, spike } from '../../testing/fake-monitor.js'
import { describeScene, type Scene, sayTrouble } from './text.js'

const group = (route: string, count = 1): RequestGroup => ({
  ...{ method: 'GET', route, guessed: false, count, oldestAgeMs: 12_000, medianAgeMs: 5, states: {} },
})

const at = 1_795_000_000_000

const dumpOf = (text: string, findings: Finding[] = []) => ({
  ...{ id: '20261124T013512123Z-17-cpu-spike', createdAt: new Date(at).toISOString(), summary: { text, findings } },
})

const scene = (more: Partial<Scene> = {}): string =>
  describeScene({
    ...{ pid: 17, labels: { service: 'shop' }, headline: 'the event loop has been blocked for 12.0 s' },
    dump: dumpOf('CPU at 99%: burn (app.js:3)'),
    url: 's3://evidence/v1/dumps/shop/manifest.json',
    requests: { at, total: 12, groups: [group('/report', 10), group('/', 2)] },
    samples: [{ at, blockedFor: 12_000, values: { cpu: 99, rss: 81.4, gc: null, carts: 3 } }],
    ...more,
  })

describe('describeScene', () => {
  it('says what is wrong, where the evidence is, and what was going on', () => {
    expect(scene().split('\n')).toEqual([
      'autodump, process 17: the event loop has been blocked for 12.0 s',
      'dump 20261124T013512123Z-17-cpu-spike: CPU at 99%: burn (app.js:3)',
      'evidence: s3://evidence/v1/dumps/shop/manifest.json',
      'labels: service=shop',
      'requests in flight: 12: 10 × GET /report (oldest 12.0 s), 2 × GET / (oldest 12.0 s)',
      'last samples:',
      '2026-11-18T11:06:40.000Z blocked for 12.0 s, cpu 99%, rss 81.4%, carts 3',
      '',
    ])
  })

  it('has 4 KiB at most, in whole lines of whole characters', () => {
    const samples = Array.from({ length: 60 }, (_, index) => ({
      at: 1_795_000_000_000 - index,
      values: Object.fromEntries(Array.from({ length: 40 }, (_, metric) => [`métrique${metric}`, index])),
    }))
    const groups = Array.from({ length: 100 }, (_, index) => group(`/ü${'ß'.repeat(500)}${index}`))
    const text = scene({
      ...{ samples, requests: { at, total: 100, groups }, url: `s3://evidence/${'%C3%A9'.repeat(165)}` },
      dump: dumpOf('é'.repeat(9000)),
      labels: { service: 'ö'.repeat(1024) },
    })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096)
    expect(text).toMatch(/last samples:\n.*\n$/s)
    expect(text).not.toContain('\ufffd')
  })

  it('takes the requests of a dump, which are newer than the note from before the block', () => {
    const finding = { kind: 'request-group', text: '1 of 1 requests in flight are GET /burn, the oldest for 3 s' }
    const noted = { at: at - 1000, total: 0, groups: [] }
    const text = scene({ dump: dumpOf('burn', [finding]), requests: noted })
    expect(text).toContain(`\n${finding.text}\n`)
    expect(text).not.toContain('requests in flight: 0')
    expect(scene({ dump: dumpOf('burn', [finding]), requests: { ...noted, at: at + 1 } })).toContain('in flight: 0')
  })

  it('keeps foreign text on its line', () => {
    expect(scene({ requests: { at, total: 1, groups: [group('/a\nautodump: all is well')] } })).not.toMatch(
      /^autodump: all/m,
    )
  })
})

describe('sayTrouble', () => {
  const calm = { blockedFor: 0, capture: null, sample: null, metrics: {} }

  it('names a block, full memory and a rule that speaks', () => {
    expect(sayTrouble(calm)).toBeNull()
    expect(sayTrouble({ ...calm, blockedFor: 400 })).toBeNull()
    expect(sayTrouble({ ...calm, blockedFor: 3000 })).toContain('blocked for 3.0 s')
    const capture = {
      ...{ id: 'one', state: 'capturing' as const, createdAt: '', endsAt: '', trigger: spike },
      ...{ pending: [], kinds: [], taking: [], done: [] },
    }
    expect(sayTrouble({ ...calm, capture })).toContain('a dump is being captured')
    const firstSummary = { headline: 'burn (a.js:1) blocks the server', text: '', findings: [] }
    expect(sayTrouble({ ...calm, blockedFor: 3000, capture: { ...capture, firstSummary } })).toBe(firstSummary.headline)
    expect(sayTrouble({ ...calm, sample: { at: 1, values: { rss: 91.2 } } })).toBe('rss is at 91% of its limit')
    const { rules, ...rest } = decisionOf('cpu', 90)
    const firing = { ...rules, spike: { ...rules.spike, state: 'firing' as const, reason: '90% is far above' } }
    expect(sayTrouble({ ...calm, metrics: { cpu: { ...rest, rules: firing } } })).toBe('cpu spike: 90% is far above')
  })
})
