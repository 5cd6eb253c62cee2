import { describe, expect, it } from 'vitest'
import { incidentAt as at, byHand, cpu, heap, requests, samples, trigger, waiting } from '../testing/incidents.js'
import { runOf } from '../testing/runs.js'
import { fit, headlineLimits } from './headline.js'
import { nameCrash } from './say-crash.js'
import { type SummaryInput, summarise } from './summary.js'

interface Incident {
  what: string
  input: Partial<Omit<SummaryInput, 'evidence'>> & Pick<SummaryInput, 'trigger'>
  evidence?: ReturnType<typeof cpu>[]
  /** The words that the person on call must read. */
  says: RegExp[]
  never?: RegExp
}

const idle = '(idle)'

const reply = 'writePayload /app/node_modules/fastify/lib/reply.js:718'

const leak = (words: string) =>
  trigger('heap', 41, {
    rule: 'leak',
    threshold: null,
    reason: `live heap ${words}: the limit is 17 min away, leak needs at most 4 h`,
  })

const crash = { ...byHand('it died at 2026-11-29 03:00:00 UTC'), rule: 'crash' as const }

const error = (name: string, message: string, stack: string) => ({
  at: 1,
  ...{ origin: 'uncaughtException' as const, handled: false, name, message, stack },
})

/** Of failures that happened, in the shape in which they reach the analysis: `/app` is the working directory. */
const incidents: Incident[] = [
  {
    what: 'synchronous cryptography in a route',
    input: { trigger: trigger('eventLoopDelay', 1254), blockedFor: 2300 },
    evidence: [
      cpu([
        [95, 'hashPassword /app/src/auth.js:2', 'pbkdf2Sync'],
        [5, reply],
      ]),
      requests([['POST /login', 1, 2400]]),
    ],
    says: [/^POST \/login blocks the server for 2\.3 s/, /pbkdf2Sync in hashPassword \(src\/auth\.js:2\)/, /95%/],
  },
  {
    what: 'a full CPU without a culprit, while requests pile up',
    input: { trigger: trigger('cpu', 91) },
    evidence: [
      cpu([
        [91, '(program)'],
        [9, idle],
      ]),
      requests([['GET /orders', 41, 4600]]),
    ],
    says: [/^CPU at 91%.*: 41 × GET \/orders wait, the oldest for 4\.6 s$/],
    never: /stands out/,
  },
  {
    what: 'one upstream call for each item',
    input: { trigger: trigger('inFlight', 31) },
    evidence: [
      cpu([
        [4, 'loadItem /app/src/orders.js:2'],
        [91, idle],
        [5, reply],
      ]),
      requests([['GET /orders', 41, 4600]], { target: '127.0.0.1:34879', count: 40, ageMs: 1100 }),
      waiting(5, 'loadItem', 'src/orders.js', 3),
    ],
    says: [/^41 × GET \/orders wait for 127\.0\.0\.1:34879 in loadItem \(src\/orders\.js:3\)/, /oldest for 4\.6 s/],
    never: /CPU|busy|blocked/,
  },
  {
    what: 'a cache without a limit',
    input: { trigger: leak('grew by 210 MiB per minute over the last 48 s (from 14 MiB to 182 MiB, r² 1)') },
    evidence: [
      heap([['renderProduct /app/src/products.js:2', 30, 58]]),
      cpu([
        [30, reply],
        [70, idle],
      ]),
    ],
    says: [/^Memory leak: renderProduct \(src\/products\.js:2\) holds 58 MiB/, /\+210 MiB per minute/, /17 min/],
    never: /stands out|writePayload/,
  },
  {
    what: 'closures that are kept, seen by garbage collection',
    input: { trigger: trigger('gc', 66.5) },
    evidence: [
      heap([['track /app/src/tracking.js:2', 30, 38]]),
      cpu([
        [81, '(garbage collector)'],
        [19, reply],
      ]),
    ],
    says: [/^Garbage collection takes 67% of the time: track \(src\/tracking\.js:2\) holds 38 MiB, \+8 MiB in 8\.0 s/],
    never: /stands out|writePayload/,
  },
  {
    what: 'listeners that pile up',
    input: { trigger: trigger('rss', 82) },
    evidence: [heap([['subscribe /app/src/live.js:6', 3, 90]])],
    says: [/^Memory 82% full: subscribe \(src\/live\.js:6\)/],
  },
  {
    what: 'a queue that grows',
    input: { trigger: leak('grew by 12 MiB per minute over the last 2 min (from 14 MiB to 38 MiB, r² 1)') },
    evidence: [heap([['enqueueMail /app/src/mailer.js:8', 10, 34]])],
    says: [/^Memory leak: enqueueMail \(src\/mailer\.js:8\)/, /\+12 MiB per minute/],
  },
  {
    what: 'JSON.stringify of all rows',
    input: { trigger: trigger('eventLoopDelay', 1149), blockedFor: 4200 },
    evidence: [
      cpu([
        [55, 'exportAll /app/src/export.js:2', 'JSON.stringify'],
        [41, '(garbage collector)'],
        [4, reply],
      ]),
      requests([['GET /export', 1, 4300]]),
    ],
    says: [
      /^GET \/export blocks the server for 4\.2 s: JSON\.stringify in exportAll \(src\/export\.js:2\)/,
      /41% garbage/,
    ],
  },
  {
    what: 'a comparator without a name',
    input: { trigger: trigger('eventLoopDelay', 918, { rule: 'spike' }), blockedFor: 1900 },
    evidence: [
      cpu([
        [78, 'topSellers /app/src/ranking.js:2', 'sort', ' /app/src/ranking.js:3'],
        [22, idle],
      ]),
      requests([['GET /top', 1, 1950]]),
    ],
    says: [/^GET \/top blocks the server for 1\.9 s: topSellers \(src\/ranking\.js:3\)/],
    never: /anonymous/,
  },
  {
    what: 'a regular expression that backtracks',
    input: { trigger: trigger('cpu', 20.8, { rule: 'spike', mean: 3.48 }), blockedFor: 795 },
    evidence: [
      cpu([
        [84, 'validateAddress /app/src/validate.js:2', 'RegExp: ^(\\w+\\s?)+\\d+$'],
        [16, idle],
      ]),
      requests([['POST /address', 1, 800]]),
    ],
    says: [
      /^POST \/address blocks the server for 795 ms/,
      /\^\(\\w\+\\s\?\)\+\\d\+\$ in validateAddress \(src\/validate\.js:2\)/,
    ],
  },
  {
    what: 'a template engine that the app calls too often',
    input: { trigger: trigger('cpu', 97.2) },
    evidence: [
      cpu([
        [90, 'page /app/src/page.js:8', 'render /app/node_modules/@acme/views/index.js:40'],
        [10, idle],
      ]),
    ],
    says: [/^CPU at 97%: render of @acme\/views in page \(src\/page\.js:8\)/],
  },
  {
    what: 'load that is spread over many functions',
    input: { trigger: trigger('cpu', 90.7) },
    evidence: [cpu(Array.from({ length: 30 }, (_, i) => [3, `f${i} /app/src/f${i}.js:1`] as [number, string]))],
    says: [/^CPU at 91%: no single function stands out$/],
  },
  {
    what: 'a spike that was over when the profile began',
    input: { trigger: trigger('cpu', 88) },
    evidence: [
      cpu(
        [
          [10, reply],
          [990, idle],
        ],
        [
          [900, 'rareRecount /app/src/flight.js:7'],
          [100, idle],
        ],
      ),
    ],
    says: [/^CPU at 88%: rareRecount \(src\/flight\.js:7\) in the seconds before$/],
  },
  {
    what: 'a machine without a free CPU',
    input: {
      trigger: trigger('eventLoopDelay', 2000, { threshold: 1000 }),
      blockedFor: 1800,
      samples: samples([{ eventLoopDelay: 10 }, { eventLoopDelay: 2000 }], { cpuWait: { waited: 950, throttled: 0 } }),
    },
    evidence: [
      cpu([
        [34, reply],
        [66, idle],
      ]),
    ],
    says: [/^Starved by the machine, not blocked by code: the app waited 1\.9 s of 2\.0 s for a CPU$/],
    never: /writePayload/,
  },
  {
    what: 'a quota of half a core',
    input: {
      trigger: trigger('eventLoopDelay', 2000, { threshold: 1000 }),
      quota: 0.5,
      samples: samples([{ eventLoopDelay: 10 }, { eventLoopDelay: 2000 }], {
        cpuWait: { waited: 950, throttled: 940 },
      }),
    },
    says: [/^Starved by the CPU quota of 0\.5 cores, not blocked by code/],
  },
  {
    what: 'a deadlock',
    input: { trigger: trigger('requestAge', 31_000) },
    evidence: [requests([['POST /reserve/:item', 12, 31_000]]), waiting(12, 'acquireStockLock', 'src/stock.js', 14)],
    says: [/^12 × POST \/reserve\/:item wait in acquireStockLock \(src\/stock\.js:14\), the oldest for 31\.0 s$/],
  },
  {
    what: 'one request that hangs',
    input: { trigger: trigger('requestAge', 31_000) },
    evidence: [requests([['GET /slow', 1, 31_000]])],
    says: [/^GET \/slow waits, 31\.0 s so far$/],
  },
  {
    what: 'descriptors run out',
    input: {
      trigger: trigger('fds', 85),
      atTrigger: [
        { kind: 'descriptors', text: '255 of 300 file descriptors are open, 201 of them .csv files in /data' },
      ],
    },
    says: [/^255 of 300 file descriptors are open, 201 of them \.csv files/],
  },
  {
    what: 'a metric of the app with a large figure',
    input: { trigger: trigger('bytesQueued', 85_899_345_920, { mean: null }) },
    says: [/^bytesQueued at 85\.9B$/],
    never: /\d{7}/,
  },
  {
    what: 'a load in worker threads',
    input: {
      trigger: trigger('cpu', 196),
      samples: samples([{ cpu: 5 }, { cpu: 196 }], { cpuThreads: { main: 4, others: 192 } }),
    },
    evidence: [
      [
        'cpu-profile',
        [
          ...(cpu([
            [10, reply],
            [90, idle],
          ])[1] as unknown[]),
          { thread: 'worker 3 (resize)', profile: cpu([[100, 'scale /app/src/work.js:10']])[1][0] },
        ],
      ],
    ],
    says: [/^CPU at 196%: in worker 3 \(resize\), scale \(src\/work\.js:10\)/],
  },
  {
    what: 'a block that only our capture made',
    input: {
      trigger: trigger('inFlight', 31),
      samples: [{ at: at + 3000, values: {}, blockedFor: 2500 }],
      pausedMs: 2300,
    },
    evidence: [requests([['GET /orders', 31, 4600]])],
    says: [/^31 × GET \/orders wait, the oldest for 4\.6 s$/],
    never: /blocks|stood still/,
  },
  {
    what: 'a dump by hand',
    input: { trigger: byHand('before the deploy') },
    evidence: [
      cpu([
        [60, 'recount /app/src/stock.js:4'],
        [40, idle],
      ]),
    ],
    says: [/^Captured by hand \(before the deploy\): recount \(src\/stock\.js:4\)/],
  },
  {
    what: 'an exception that nobody caught',
    input: {
      trigger: crash,
      headlines: nameCrash(runOf(), {
        ...{ is: 'uncaught-exception', at, code: 1 },
        error: error('TypeError', 'cart.items is not iterable', '    at total (file:///app/src/cart.js:12:3)'),
      }),
    },
    says: [
      /^shop \(process 10\) ended with an uncaught exception: TypeError: cart\.items/,
      /total \(\/app\/src\/cart\.js:12:3\)/,
    ],
  },
  {
    what: 'a kill for want of memory',
    input: {
      trigger: crash,
      headlines: nameCrash(runOf(), { is: 'oom-kill', at, kills: 1, rss: 97, limit: '512 MiB of the cgroup' }),
    },
    says: [/^shop \(process 10\) was killed by the kernel for want of memory/],
  },
  {
    what: 'a kill after trouble',
    input: {
      trigger: crash,
      headlines: nameCrash(runOf(), { is: 'killed', at, handledSignals: ['SIGTERM'], trouble: ['requests piled up'] }),
    },
    says: [/^shop \(process 10\) was killed without a word after requests piled up$/],
  },
  {
    what: 'an exit deep in a library',
    input: {
      trigger: crash,
      headlines: nameCrash(runOf(), {
        ...{ is: 'exit', at, code: 1 },
        stack:
          '    at connect (/app/node_modules/broker/lib/connection/index.js:7:5)\n    at start (/app/server.js:12:3)',
      }),
    },
    says: [
      /^shop \(process 10\) ended itself with exit code 1/,
      /connect of broker, called from start \(server\.js:12\)/,
    ],
  },
  {
    what: 'a main module that waits for nothing',
    input: { trigger: crash, headlines: nameCrash(runOf(), { is: 'exit', at, code: 13, stack: null }) },
    says: [/^shop \(process 10\) ended with exit code 13: the top-level await of its main module never settled$/],
  },
]

function headlineOf({ input, evidence = [] }: Incident): string {
  const usual = { samples: [], at, blockedFor: 0, failures: [], cwd: '/app' }
  return summarise({ ...usual, ...input, evidence: new Map(evidence) }).headline
}

describe('the headline', () => {
  it.each(incidents.map(one => [one.what, one] as const))('of %s says what, how bad and who', (_, incident) => {
    const headline = headlineOf(incident)
    for (const words of incident.says) expect(headline).toMatch(words)
    if (incident.never) expect(headline).not.toMatch(incident.never)
  })

  it.each(incidents.map(one => [one.what, one] as const))('of %s fits on a lock screen', (_, incident) => {
    const headline = headlineOf(incident)
    expect(headline.length).toBeLessThanOrEqual(headlineLimits.characters)
    expect(headline.split(/\s+/).length).toBeLessThanOrEqual(headlineLimits.words)
    expect(headline).not.toMatch(/UTC|undefined|NaN|null|\d{11}|;.*;.*;/)
  })

  it('covers at least two dozen incidents', () => expect(incidents.length).toBeGreaterThanOrEqual(24))

  it('takes the longest form that fits, and cuts the shortest', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ')
    expect(fit([words(26), words(25), 'short'])).toBe(words(25).replace('w', 'W'))
    expect(fit([words(30)])).toBe(`${words(25).replace('w', 'W')}…`)
    expect(fit(['x'.repeat(300)])).toHaveLength(headlineLimits.characters)
  })

  it('has no line break and no mark that turns the direction of writing, whatever the app is called', () => {
    const evil = requests([['GET /a\nautodump:\u202eall-is-well', 40, 9000]])
    expect(
      headlineOf({ what: '', input: { trigger: trigger('inFlight', 40) }, evidence: [evil], says: [] }),
    ).not.toMatch(/[\n\u202e]/)
  })

  it('keeps its limits for the longest names', () => {
    const name = 'n'.repeat(300)
    const long = [
      cpu([[100, `${name} /app/${name}/${name}.js:3`, 'x'.repeat(500)]]),
      requests([[`GET /${'r'.repeat(500)}`, 1, 3000]]),
    ]
    const of = (metric: string) =>
      headlineOf({ what: '', input: { trigger: trigger(metric, 1200), blockedFor: 1200 }, evidence: long, says: [] })
    for (const metric of ['cpu', 'eventLoopDelay', 'inFlight', 'heap'])
      expect(of(metric).length).toBeLessThanOrEqual(headlineLimits.characters)
    expect(of('eventLoopDelay')).toMatch(/^GET \/r+…r+ blocks the server for 1\.2 s/)
  })
})
