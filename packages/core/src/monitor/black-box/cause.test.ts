import { describe, expect, it } from 'vitest'
import type { Sample } from '../../model/sample.js'
import { runOf } from '../../testing/runs.js'
import { type Circumstances, findEnding } from './cause.js'

const quiet: Circumstances = { rebooted: false, oomKills: null, report: null, core: null, unfinished: false }

const error = (more = {}) => ({
  at: 100_100,
  origin: 'uncaughtException' as const,
  handled: false,
  name: 'TypeError',
  message: 'no',
  stack: '',
  ...more,
})

const logged = error({ origin: 'unhandledRejection', handled: true })

const blocked = [{ at: 100_000, values: {}, blockedFor: 3000 }]

describe('the ending of a run', () => {
  it.each([
    ['exit code 0', { exit: { at: 1, code: 0 } }, quiet, 'stopped'],
    ['the code of SIGTERM', { exit: { at: 1, code: 143 } }, quiet, 'stopped'],
    ['the code of SIGINT', { exit: { at: 1, code: 130 } }, quiet, 'stopped'],
    ['a stop of the monitor', { exit: { at: 1, code: null } }, quiet, 'stopped'],
    ['exit code 0 in the middle of a capture', { exit: { at: 1, code: 0 } }, { ...quiet, unfinished: true }, 'exit'],
    [
      'exit code 0 in the middle of a capture that speaks for itself',
      { exit: { at: 1, code: 0 } },
      { ...quiet, unfinished: true, canFinish: true },
      'stopped',
    ],
    ['another exit code', { exit: { at: 1, code: 3 } }, quiet, 'exit'],
    ['an exception', { error: error(), exit: { at: 100_101, code: 1 } }, quiet, 'uncaught-exception'],
    ['an exception with no time for an exit', { error: error() }, quiet, 'uncaught-exception'],
    ['a rejection', { error: error({ origin: 'unhandledRejection' }) }, quiet, 'unhandled-rejection'],
    [
      'a handled exception with an exit soon after',
      { error: error({ handled: true }), exit: { at: 110_000, code: 0 } },
      quiet,
      'uncaught-exception',
    ],
    [
      'a handled exception with an exit long after',
      { error: error({ handled: true, at: 0 }), exit: { at: 100_000, code: 0 } },
      quiet,
      'stopped',
    ],
    ['a handled exception that was survived', { error: error({ handled: true, at: 90_000 }) }, quiet, 'killed'],
    ['process.abort()', { abort: { at: 1, stack: '' } }, quiet, 'abort'],
    ['a reboot while something was wrong', { samples: blocked }, { ...quiet, rebooted: true }, 'reboot'],
    ['a reboot while nothing was', {}, { ...quiet, rebooted: true }, 'ended'],
    ['an OOM kill', {}, { ...quiet, oomKills: 1 }, 'oom-kill'],
    [
      'a report of the heap',
      {},
      { ...quiet, oomKills: 0, report: { trigger: 'OOMError', event: 'Allocation failed' } },
      'heap-out-of-memory',
    ],
    ['nothing, and nothing was wrong', {}, quiet, 'ended'],
    ['the code of SIGHUP', { exit: { at: 1, code: 129 } }, quiet, 'stopped'],
    ['the code of SIGQUIT', { exit: { at: 1, code: 131 } }, quiet, 'stopped'],
    ['a core file', {}, { ...quiet, core: '/app/core.10' }, 'native-crash'],
    ['a fatal error that Node reported', {}, { ...quiet, report: { trigger: 'FatalError', event: 'no' } }, 'killed'],
    ['a capture that was cut short', {}, { ...quiet, unfinished: true }, 'killed'],
    ['a death before the first sample', { samples: [] as Sample[] }, quiet, 'ended'],
    [
      'a rejection that was logged, with an exit soon after',
      { error: logged, exit: { at: 100_200, code: 1 } },
      quiet,
      'unhandled-rejection',
    ],
    [
      'a rejection that was logged, with a graceful exit',
      { error: logged, exit: { at: 100_200, code: 0 } },
      quiet,
      'stopped',
    ],
    [
      'a rejection that was logged, with a stop of the monitor',
      { error: logged, exit: { at: 100_200, code: null } },
      quiet,
      'stopped',
    ],
    ['a rejection that was logged, and a signal', { error: logged }, quiet, 'ended'],
  ] as const)('is told by %s', (_what, run, circumstances, is) => {
    expect(findEnding(runOf(run), circumstances).is).toBe(is)
  })

  it('is put down to a heap that was nearly full', () => {
    const ending = findEnding(runOf({}, { heap: 93 }), quiet)
    expect(ending).toEqual({ is: 'heap-out-of-memory', at: 100_000, heap: 93, reported: null })
  })

  it('is put down to a heap of which a dump was made just before', () => {
    const dump = { id: 'x', at: 99_500, metric: 'heap', rule: 'watermark', value: 91 }
    expect(findEnding(runOf({ dump }), quiet)).toMatchObject({ is: 'heap-out-of-memory', heap: 91 })
    expect(findEnding(runOf({ dump: { ...dump, at: 80_000 } }), quiet).is).toBe('ended')
  })

  it('is put down to the cgroup where resident memory was nearly all of it, unless its counter says otherwise', () => {
    const run = runOf({}, { rss: 97 })
    expect(findEnding(run, quiet)).toMatchObject({ is: 'oom-kill', kills: null, rss: 97 })
    expect(findEnding(run, { ...quiet, oomKills: 0 }).is).toBe('killed')
  })

  it('is not put down to the memory of the machine, which does not kill at its limit', () => {
    const run = runOf({}, { rss: 97 })
    run.info.limits = { memory: { source: 'machine', text: '16 GiB' } }
    expect(findEnding(run, quiet).is).toBe('killed')
  })

  it('says which signals it was not', () => {
    const table = {
      total: 0,
      truncated: false,
      rows: [],
      staleMs: 0,
      outbound: { total: 0, truncated: false, rows: [] },
    }
    const run = runOf({ app: { at: 1, handledSignals: ['SIGTERM'], table }, samples: blocked })
    expect(findEnding(run, quiet)).toMatchObject({ is: 'killed', handledSignals: ['SIGTERM'] })
  })
})
