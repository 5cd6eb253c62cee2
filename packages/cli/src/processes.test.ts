import { describe, expect, it } from 'vitest'
import { exitOf } from './errors.js'
import { pick, type Running } from './processes.js'

const now = Date.parse('2026-11-24T03:35:12.123Z')

const running = (pid: number, more: Partial<Running> = {}): Running => ({
  id: `${pid}-x`,
  dir: '/dumps/shop',
  pid,
  host: 'box',
  bootId: null,
  pidNamespace: null,
  startTicks: null,
  title: 'server.js',
  script: '/app/server.js',
  labels: {},
  node: 'v20.19.0',
  version: '0.1.0',
  startedAt: '2026-11-24T01:35:12.123Z',
  socket: '/nowhere',
  prefix: '/debug/autodump',
  ...more,
})

function refusal(monitors: Running[], options: Parameters<typeof pick>[1]) {
  try {
    pick(monitors, options, now)
  } catch (error) {
    return error as Error & { lines: string[] }
  }
  throw new Error('was not refused')
}

describe('the process that is meant', () => {
  it('is the one asked for, or the only one', () => {
    expect(pick([running(1), running(2)], { pid: 2 }).pid).toBe(2)
    expect(pick([running(1)], {}).pid).toBe(1)
    // Two monitors of one process: the newer one answers.
    expect(pick([running(1, { socket: 'a' }), running(1, { socket: 'b' })], {}).socket).toBe('b')
  })

  it('is not guessed: the choices are listed, with how to choose', () => {
    const two = [running(1), running(2, { dir: '/dumps/till', labels: { service: 'till' } })]
    const several = refusal(two, {})
    expect(several.message).toBe('several monitored processes run, choose one with --pid or --dir:')
    expect(several.lines).toEqual([
      '1 server.js, up for 2.0 h, dumps in /dumps/shop',
      '2 server.js (service=till), up for 2.0 h, dumps in /dumps/till',
    ])
    expect(exitOf(several)).toBe(4)
    expect(refusal(two, { dir: '/dumps/shop' })).toMatchObject({
      message: 'several monitored processes run, choose one with --pid:',
      lines: ['1 server.js, up for 2.0 h', '2 server.js (service=till), up for 2.0 h'],
    })
    expect(refusal([running(1)], { pid: 9 }).message).toBe('no monitored process 9 runs; there are:')
    expect(refusal([], { dir: '/d' }).message).toBe('no monitored process runs and writes to /d')
    expect(refusal([], {}).message).toMatch(/^no monitored process runs; .*--dir/)
  })
})
