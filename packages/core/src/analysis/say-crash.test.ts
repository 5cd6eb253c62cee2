import { describe, expect, it } from 'vitest'
import type { ArtifactEntry } from '../model/manifest.js'
import { runOf } from '../testing/runs.js'
import { fit } from './headline.js'
import { findInCrash, nameCrash, sayCrash, sayOrdinaryEnd } from './say-crash.js'

const killed = { is: 'killed' as const, at: 100_000, handledSignals: [], trouble: ['requests piled up'] }

describe('the sentence of a crash', () => {
  it('says what happened, when, and how the process was doing', () => {
    expect(sayCrash(runOf(), killed, [])).toBe(
      'shop (process 10) was killed without a word, by SIGKILL, another signal that it does not handle or a crash in native code, after requests piled up at 1970-01-01 00:01:40 UTC, 1 min 40 s after its monitor started; last sample: rss 30%, heap 20%',
    )
  })

  it('names who called process.exit(), and the app behind a library', () => {
    const stack = [
      '    at connectToBroker (/app/node_modules/broker/index.js:7:5)',
      '    at start (/app/server.js:12:3)',
    ].join('\n')
    const of = (more: { code: number; stack?: string | null }) => sayCrash(runOf(), { is: 'exit', at: 1, ...more }, [])
    expect(of({ code: 1, stack })).toContain(
      'ended itself with exit code 1, by process.exit() in connectToBroker (/app/node_modules/broker/index.js:7:5), called from start (/app/server.js:12:3), at',
    )
    expect(of({ code: 4, stack: null })).toContain(
      'exit code 4, as nothing was left to do and process.exitCode was set',
    )
    expect(of({ code: 13, stack: null })).toContain('the top-level await of its main module had not settled')
    expect(of({ code: 3 })).toContain('ended itself with exit code 3 at')
  })

  it('is short for a run that ended as it should', () => {
    expect(sayOrdinaryEnd(runOf(), { is: 'ended', at: 100_000, rebooted: false })).toBe(
      'shop (process 10) ended without a word at 1970-01-01 00:01:40 UTC, nothing was wrong; last sample: rss 30%, heap 20%',
    )
    expect(sayOrdinaryEnd(runOf(), { is: 'ended', at: 100_000, rebooted: true })).toContain(
      'the machine was booted anew',
    )
    expect(sayOrdinaryEnd(runOf(), { is: 'stopped', at: 100_000, code: 143 })).toContain('ended with exit code 143 at')
    expect(sayOrdinaryEnd(runOf(), { is: 'stopped', at: 100_000, code: null })).toContain('stopped its monitor at')
    expect(sayOrdinaryEnd(runOf({ samples: [] }), { is: 'ended', at: 0, rebooted: false })).toContain(
      'of which nothing is known',
    )
  })

  it('says how old the last sample is, and that the event loop was blocked', () => {
    const run = runOf({ samples: [{ at: 99_000, values: { cpu: 99 }, blockedFor: 3000 }] })
    expect(sayCrash(run, { ...killed, at: 100_500 }, [])).toContain(
      'last sample 1.5 s before: CPU 99%, event loop blocked for 3.0 s',
    )
  })

  it('lists what there was at the end: nothing in flight is no news, an idle CPU is', () => {
    const last = (values: Record<string, number>) =>
      sayCrash(runOf({ samples: [{ at: 100_500, values }] }), { ...killed, at: 100_500 }, [])
    expect(last({ cpu: 0, heap: 20, inFlight: 0, gc: 0, streams: 0 })).toMatch(/last sample: CPU 0%, heap 20%$/)
    expect(last({ inFlight: 0 })).toMatch(/last sample: all at rest$/)
  })

  it('says once that a capture kept the rules from judging', () => {
    const rule = (metric: string, state: 'capturing' | 'holding') => ({ metric, rule: 'spike', state, reason: 'so' })
    const rules = [rule('cpu', 'capturing'), rule('heap', 'capturing'), rule('gc', 'holding')]
    const texts = findInCrash(runOf({ rules }), killed, []).flatMap(({ kind, text }) => (kind === 'rule' ? [text] : []))
    expect(texts).toEqual(['gc spike: so', 'the rules were not judged in the end: a capture was in progress'])
  })

  it('has the place of the last words for readers of source lines', () => {
    const stack = ['Error: no', '    at load (/app/src/orders.js:31:20)', '    at serve (/app/src/shop.js:4:1)'].join(
      '\n',
    )
    const findings = findInCrash(runOf(), { is: 'abort', at: 1, stack }, [], '/app')
    expect(findings.find(({ kind }) => kind === 'last-words')).toMatchObject({
      text: stack,
      data: { function: { name: 'load', file: 'src/orders.js', line: 31 }, calledBy: { name: 'serve', line: 4 } },
    })
  })

  it('names the first frame that is not of Node or of a package', () => {
    const stack = [
      'Error: no',
      '    at new Query (/app/node_modules/db/query.js:3:1)',
      '    at loadOrder (/app/orders.js:31:20)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    ].join('\n')
    const error = {
      at: 1,
      origin: 'uncaughtException',
      handled: false,
      name: 'Error',
      message: 'no\nway',
      stack,
    } as const
    const text = sayCrash(runOf(), { is: 'uncaught-exception', at: 1, error, code: 1 }, [])
    expect(text).toContain('an uncaught exception: Error: no way in loadOrder (/app/orders.js:31:20) at 1970')
  })

  it('names who threw in its headline, however much was said', () => {
    const stack = 'Error\n    at async loadOrder (file:///app/src/a/long/way/down/orders.js:31:20)'
    const headline = (message: string, at = stack) => {
      const error = {
        at: 1,
        origin: 'unhandledRejection',
        handled: false,
        name: 'RangeError',
        message,
        stack: at,
      } as const
      return fit(nameCrash(runOf(), { is: 'unhandled-rejection', at: 1, error, code: 1 }))
    }
    expect(headline('no')).toMatch(/rejection: RangeError: no in async loadOrder \(\/app\/src\/a\/long/)
    const who = 'ended with an unhandled rejection in loadOrder (orders.js:31): RangeError'
    expect(headline('x'.repeat(200))).toBe(`shop (process 10) ${who}: ${'x'.repeat(29)}…`)
    expect(headline('a b '.repeat(50))).toBe(`shop (process 10) ${who}`)
    const timer = 'Error\n    at Timeout.chargeInvoice [as _onTimeout] (file:///app/src/some/where/faults.js:101:9)'
    expect(headline('the ledger refused invoice 17 of the month before last', timer)).toBe(
      'shop (process 10) ended with an unhandled rejection in chargeInvoice (faults.js:101): RangeError: the ledger refused invoice 17…',
    )
    expect(headline('x'.repeat(200), 'Error\n    at /app/server.js:3:1')).toContain(
      'rejection in server.js:3: RangeError',
    )
  })

  it('calls a guess one, with its figures', () => {
    const heap = sayCrash(runOf(), { is: 'heap-out-of-memory', at: 1, heap: 93, reported: null }, [])
    expect(heap).toContain('probably ran out of JavaScript heap (the JavaScript heap was 93% full at the end')
    const oom = sayCrash(runOf(), { is: 'oom-kill', at: 1, kills: null, rss: 97, limit: '256 MiB' }, [])
    expect(oom).toContain('probably killed by the kernel for want of memory (resident memory at 97% of 256 MiB')
    const counted = sayCrash(runOf(), { is: 'oom-kill', at: 1, kills: 2, rss: null, limit: null }, [])
    expect(counted).toContain('was killed by the kernel for want of memory (the control group counts 2 more OOM kills)')
  })

  it('says what has become of the capture in progress', () => {
    const capture = { id: 'd1', state: 'capturing', createdAt: '', trigger: {}, pending: ['profiler reply'] } as never
    const saved = [{ file: 'requests.json' } as ArtifactEntry]
    const text = sayCrash(runOf({ capture }), killed, [{ id: 'd1', saved, lost: ['cpu.cpuprofile'] }])
    expect(text).toMatch(
      /the dump d1 was being captured, waiting for the profiler reply: requests.json saved, cpu.cpuprofile lost$/,
    )
    expect(sayCrash(runOf(), killed, [{ id: 'd2', saved: [], lost: [] }])).toMatch(/d2 .*: nothing of it was whole$/)
    const said = 'The event loop stood still for 1.1 s: matchHeader (routes.js:5)'
    expect(sayCrash(runOf(), killed, [{ id: 'd3', saved: [], lost: [], said }])).toContain(
      `nothing of it was whole, it said so far: "${said}"`,
    )
  })

  it('says so when there was no sample yet', () => {
    expect(sayCrash(runOf({ samples: [] }), killed, [])).toMatch(/it ended before its first sample$/)
  })

  it('has findings for programs', () => {
    const rules = [{ metric: 'cpu', rule: 'watermark', state: 'holding', reason: 'holding: 1 of 3' }] as const
    expect(findInCrash(runOf({ rules: [...rules] }), killed, [])).toMatchObject([
      { kind: 'crash', data: { cause: 'killed' } },
      { kind: 'rule', text: 'cpu watermark: holding: 1 of 3' },
    ])
  })
})
