import { describe, expect, it } from 'vitest'
import type { TriggerInfo } from '../model/manifest.js'
import type { RequestsEvidence } from '../model/request-table.js'
import { groupByRoute } from '../monitor/captures/requests.js'
import { profileOf, type Slice } from '../testing/profile-of.js'
import { type SummaryInput, summarise } from './summary.js'

const at = 1_000_000

const hot = 'hotFunction /app/src/shop.js:15'

const busy: Slice[] = [
  [90, 'handler /app/src/server.js:3', hot],
  [10, '(idle)'],
]

function triggered(metric: string, more: Partial<TriggerInfo> = {}): TriggerInfo {
  const unit = metric === 'eventLoopDelay' ? 'ms' : metric === 'inFlight' || metric === 'handles' ? 'count' : 'percent'
  return {
    metric,
    rule: 'watermark',
    value: 97.2,
    mean: 11.83,
    threshold: 80,
    unit,
    history: [11, 12],
    reason: 'a reason',
    ...more,
  }
}

const byHand = (reason: string): TriggerInfo => ({
  metric: null,
  rule: 'manual',
  value: null,
  mean: null,
  threshold: null,
  unit: null,
  history: [],
  reason,
})

function requests(...ages: [url: string, ageMs: number][]): RequestsEvidence {
  const rows = ages.map(([url, ageMs]) => ({
    method: 'GET',
    url,
    route: url.replace(/\d+$/, ':id'),
    ageMs,
    remoteAddress: '127.0.0.1',
    state: 'handling' as const,
    protocol: 'http/1.1',
  }))
  const outbound = { total: 0, truncated: false, groups: [], requests: [] }
  const groups = groupByRoute(rows as never)
  return { takenAt: '', total: rows.length, truncated: false, groups, requests: rows, outbound } as never
}

function summary(trigger: TriggerInfo, evidence: [string, unknown][], more: Partial<SummaryInput> = {}) {
  const map = new Map(evidence.map(([kind, value]) => [kind, [value]])) as SummaryInput['evidence']
  return summarise({ trigger, samples: [], at, evidence: map, blockedFor: 0, failures: [], cwd: '/app', ...more })
}

const cpuProfile = (...slices: Slice[]): [string, unknown] => ['cpu-profile', profileOf(...slices)]

const failure = (kind: 'cpu-profile' | 'requests', error: string) => ({
  file: '',
  kind,
  phase: 'during' as const,
  bytes: 0,
  sha256: '',
  storedBytes: 0,
  state: 'failed' as const,
  error,
})

describe('the sentence', () => {
  it('says the metric with its figures, who it was and what was in flight', () => {
    const table = requests(['/burn/1', 478], ['/burn/2', 20], ['/burn/3', 80])
    expect(summary(triggered('cpu'), [cpuProfile(...busy), ['requests', table]]).text).toBe(
      'CPU rose to 97.2% (mean 11.8%, watermark 80%). hotFunction (src/shop.js:15) took 100% of the busy time. 3 requests in flight, all of them GET /burn/:id, the oldest for 478 ms.',
    )
  })

  it.each([
    ['cpu', 'CPU rose to 97.2% (mean 11.8%, spike above 45%)'],
    ['rss', 'Resident memory rose to 97.2% (mean 11.8%, spike above 45%)'],
    ['heap', 'Heap rose to 97.2% (mean 11.8%, spike above 45%)'],
    ['gc', 'Time in garbage collection rose to 97.2% (mean 11.8%, spike above 45%)'],
    ['eventLoopDelay', 'Event loop delay rose to 97.2 ms (mean 11.8 ms, spike above 45 ms)'],
    ['eventLoopUtilization', 'Event loop utilization rose to 97.2% (mean 11.8%, spike above 45%)'],
    ['inFlight', 'Requests in flight rose to 97.2 (mean 11.8, spike above 45)'],
    ['handles', 'Active handles rose to 97.2 (mean 11.8, spike above 45)'],
  ])('calls %s what people call it, for a spike too', (metric, begins) => {
    const { text } = summary(triggered(metric, { rule: 'spike', threshold: 45 }), [])
    expect(text.startsWith(begins), text).toBe(true)
    expect(text.endsWith('.')).toBe(true)
  })

  it('calls a custom metric by the name that it was given, even an odd one', () => {
    const custom = (name: string) =>
      summary(triggered(name, { unit: 'value', value: 1200, mean: null, threshold: 1000 }), []).text
    expect(custom('queueDepth')).toBe('QueueDepth rose to 1200 (watermark 1000).')
    expect(custom('constructor')).toBe('Constructor rose to 1200 (watermark 1000).')
  })

  it('gives the reason of a dump by hand', () => {
    expect(summary(byHand('before the deploy'), []).text).toBe('Captured by hand: before the deploy.')
    expect(summary(byHand('by hand'), []).text).toBe('Captured by hand.')
  })

  it('begins with the block where there was one', () => {
    const { text, findings } = summary(triggered('eventLoopDelay', { value: 1200, mean: 1, threshold: 1000 }), [], {
      blockedFor: 1200,
    })
    expect(text).toBe(
      'The event loop was blocked for at least 1.2 s. Event loop delay rose to 1200 ms (mean 1 ms, watermark 1000 ms).',
    )
    expect(findings[0]).toEqual({
      kind: 'event-loop-block',
      text: 'the event loop was blocked for at least 1.2 s, since 00:16:38 UTC',
      data: { ms: 1200, since: '1970-01-01T00:16:38.800Z' },
    })
  })

  it('says since when the metric is over the line', () => {
    const samples = [12, 85, 97.2].map((cpu, index) => ({ at: at - 2000 + index * 1000, values: { cpu } }))
    const { text, findings } = summary(triggered('cpu'), [], { samples })
    expect(text).toBe('CPU rose to 97.2% (mean 11.8%, watermark 80%) since 00:16:39 UTC, for 1.0 s.')
    expect(findings[0]).toMatchObject({ kind: 'since', data: { since: '1970-01-01T00:16:39.000Z', ms: 1000 } })
  })

  it('takes a block from the samples since, and not from those before', () => {
    const sample = (when: number, blockedFor: number) => ({ at: when, blockedFor, values: {} })
    const blocked = (samples: SummaryInput['samples']) =>
      summary(triggered('cpu'), [], { samples, blockedFor: 300 }).text
    expect(blocked([sample(at - 2000, 9000), sample(at, 8000)])).toMatch(
      /^The event loop was blocked for at least 300 ms\./,
    )
    expect(blocked([sample(at + 500, 4800), sample(at + 900, 0)])).toMatch(
      /^The event loop was blocked for at least 4\.8 s\./,
    )
  })

  describe('does not blame the app for what a capture did:', () => {
    const sample = (when: number, blockedFor: number) => ({ at: at + when, blockedFor, values: {} })
    const failed = (kind: string): SummaryInput['failures'] =>
      [{ kind, state: 'failed', error: 'no reply', file: '' }] as never

    it('a block that goes on while captures pause the app is shorter by those pauses', () => {
      const { text } = summary(triggered('heap'), [], {
        samples: [sample(2800, 3300)],
        blockedFor: 500,
        pausedMs: 2335,
      })
      expect(text).toMatch(/^The event loop was blocked for at least 965 ms\./)
    })

    it('a block that begins after the trigger is not its headline', () => {
      const { text, findings } = summary(byHand('by hand'), [], { samples: [sample(4000, 3650)] })
      expect(text).toBe('Captured by hand.')
      expect(findings).toEqual([
        expect.objectContaining({ kind: 'event-loop-block-after', data: expect.objectContaining({ ms: 3650 }) }),
      ])
    })

    it.each(['async-stacks', 'heap-snapshot', 'heap-profile'])('%s that failed may have held it for as long', kind => {
      const more = { samples: [sample(71_000, 71_400)], failures: failed(kind) }
      const byRule = summary(triggered('heap'), [], { ...more, blockedFor: 400 })
      expect(byRule.text).toMatch(/^The event loop was blocked for at least 400 ms\./)
      const manual = summary(byHand('by hand'), [], { ...more, samples: [sample(71_000, 70_900)] })
      expect([manual.text, manual.findings.map(finding => finding.kind)]).toEqual([
        expect.not.stringContaining('blocked'),
        ['artifact-failed'],
      ])
    })

    it('a block of the app that goes on is as long as it was', () => {
      const { text } = summary(triggered('cpu'), [], {
        samples: [sample(4000, 4300)],
        blockedFor: 300,
        failures: failed('trace'),
      })
      expect(text).toMatch(/^The event loop was blocked for at least 4\.3 s\./)
    })
  })

  it('names the runtime function that the culprit spent its time in', () => {
    const { text } = summary(triggered('cpu'), [cpuProfile([80, hot, 'parse'], [20, hot])])
    expect(text).toContain('. hotFunction (src/shop.js:15), mostly in parse, took 100% of the busy time.')
  })

  it('names the function of the app that called a package', () => {
    const render = 'render /app/node_modules/templates/index.js:40'
    const { text } = summary(triggered('cpu'), [cpuProfile([100, 'page /app/src/page.js:8', render])])
    expect(text).toContain(
      '. render (templates/index.js:40), called by page (src/page.js:8), took 100% of the busy time.',
    )
  })

  it('says the share of garbage collection where it is large', () => {
    const { text, findings } = summary(triggered('gc'), [cpuProfile([40, '(garbage collector)'], [60, hot])])
    expect(text).toContain('hotFunction (src/shop.js:15) took 60% of the busy time, garbage collection 40%')
    expect(findings.map(({ kind }) => kind)).toContain('gc-share')
    const { text: little } = summary(triggered('cpu'), [cpuProfile([5, '(garbage collector)'], [95, hot])])
    expect(little).not.toContain('garbage')
  })

  it('blames nobody in an idle process, or where the time is spread', () => {
    expect(summary(triggered('cpu'), [cpuProfile([99, '(idle)'], [1, hot])]).text).toContain(
      '. The process was 99% idle during the profile, so no function stands out.',
    )
    const many = Array.from({ length: 20 }, (_, line): Slice => [5, `f${line} /app/many.js:${line + 1}`])
    expect(summary(triggered('cpu'), [cpuProfile(...many)]).text).toContain(
      '. No single function stands out in the CPU profile.',
    )
    expect(summary(triggered('cpu'), [cpuProfile()]).text).toContain('. The CPU profile holds no sample.')
  })

  it('begins with the function of the seconds before, where none stands out since', () => {
    const many = Array.from({ length: 20 }, (_, line): Slice => [5, `f${line} /app/many.js:${line + 1}`])
    const before = profileOf([900, 'hashPassword /app/src/auth.js:2', 'pbkdf2Sync'], [100, '(idle)'])
    const evidence = new Map([['cpu-profile', [profileOf(...many), before]]]) as SummaryInput['evidence']
    const { text, headline } = summary(triggered('cpu'), [], { evidence })
    expect(text).toMatch(
      /\. In the [\d.]+ \w+ before hashPassword \(src\/auth\.js:2\), mostly in pbkdf2Sync, took 100% of the busy time, and no single function stands out since\./,
    )
    expect(headline).toMatch(/pbkdf2Sync in hashPassword \(src\/auth\.js:2\) in the seconds before$/)
  })

  it('says the function of the seconds before beside one of a package that nothing of the app calls', () => {
    const write = 'writePayload /app/node_modules/fastify/lib/reply.js:718'
    const before = profileOf([900, 'recount /app/src/rare.js:2'], [100, '(idle)'])
    const evidence = new Map([['cpu-profile', [profileOf([80, write], [20, '(program)']), before]]])
    const { text, headline } = summary(triggered('cpu'), [], { evidence: evidence as SummaryInput['evidence'] })
    expect(text).toMatch(/of the busy time, but in the [\d.]+ \w+ before recount \(src\/rare\.js:2\) took 100%/)
    expect(headline).toMatch(/recount \(src\/rare\.js:2\) in the seconds before$/)
  })

  it('calls a callback of the seconds before by the function around it', () => {
    const write = 'writePayload /app/node_modules/fastify/lib/reply.js:718'
    const exportAll = 'exportAll /app/src/export.js:2'
    const before = profileOf([500, exportAll], [450, exportAll, 'from node:1', ' /app/src/export.js:3'], [50, '(idle)'])
    const during = profileOf([50, exportAll], [450, write])
    const evidence = new Map([['cpu-profile', [during, before]]])
    const { headline } = summary(triggered('cpu'), [], { evidence: evidence as SummaryInput['evidence'] })
    expect(headline).toMatch(/exportAll \(src\/export\.js:3\) in the seconds before$/)
  })

  it('has the requests first where they are what rose', () => {
    const table = requests(...Array.from({ length: 58 }, (_, id): [string, number] => [`/stall/${id}`, 8100]), ['/', 5])
    const { text } = summary(triggered('inFlight', { value: 59, mean: 1.5, threshold: 40 }), [
      cpuProfile([99, '(idle)'], [1, hot]),
      ['requests', table],
    ])
    expect(text).toBe(
      'Requests in flight rose to 59 (mean 1.5, watermark 40). 59 requests in flight, 58 of them GET /stall/:id, the oldest for 8.1 s.',
    )
  })

  it('says of a single request what it is, and of none that they are gone', () => {
    expect(summary(triggered('cpu'), [['requests', requests(['/x/1', 40])]]).text).toContain(
      '. 1 request in flight, GET /x/:id, for 40 ms.',
    )
    expect(summary(triggered('cpu'), [['requests', requests()]]).text).not.toContain('flight')
    expect(summary(triggered('inFlight'), [['requests', requests()]]).text).toContain(
      '. They were gone when the table was taken.',
    )
  })

  it('says which evidence is missing, and why', () => {
    const failures = [failure('cpu-profile', 'no profiler reply within 65000 ms'), failure('requests', 'gone')]
    const { text, findings } = summary(triggered('cpu'), [], { failures })
    expect(text).toBe(
      'CPU rose to 97.2% (mean 11.8%, watermark 80%). The CPU profile failed: no profiler reply within 65000 ms. The table of requests failed: gone.',
    )
    expect(findings.map(({ kind }) => kind)).toEqual(['artifact-failed', 'artifact-failed'])
  })

  it.each(['rss', 'heap', 'gc'])(
    'says of %s that nobody knows who allocates, where nothing was captured for it',
    metric => {
      expect(summary(triggered(metric), []).text).toContain(
        '. Who allocates is not known, since no heap profile was captured',
      )
    },
  )
})

describe('the findings', () => {
  it('have the figures behind the sentence', () => {
    const { findings } = summary(triggered('cpu'), [
      cpuProfile([90, 'handler /app/src/server.js:3', hot], [10, 'handler /app/src/server.js:3'], [100, '(idle)']),
      ['requests', requests(['/burn/1', 40], ['/burn/2', 20], ['/x/1', 10])],
    ])
    expect(findings.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'hot-function: hotFunction (src/shop.js:15): 90% of the busy time itself, 90% with what it calls',
      'hot-function: handler (src/server.js:3): 10% of the busy time itself, 100% with what it calls',
      'culprit: hotFunction (src/shop.js:15): 90% of the busy time',
      'idle: the process was 50% idle',
      'request-group: 2 of 3 requests in flight are GET /burn/:id, the oldest for 40 ms',
      'request-group: 1 of 3 requests in flight are GET /x/:id, the oldest for 10 ms',
    ])
    expect(findings[0]?.data).toMatchObject({ name: 'hotFunction', file: 'src/shop.js', line: 15, ownMs: 90 })
  })
})
