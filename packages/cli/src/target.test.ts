import type { InstanceRecord } from '@autodump/core/control'
import { describe, expect, it } from 'vitest'
import { exitOf } from './errors.js'
import { baseOf, pick } from './target.js'

const instance = (pid: number, more: Partial<InstanceRecord> = {}): InstanceRecord => ({
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

const refusal = (work: () => unknown): Error => {
  try {
    work()
  } catch (error) {
    return error as Error
  }
  throw new Error('was not refused')
}

describe('the process that is meant', () => {
  it('is the one asked for, or the only one', () => {
    expect(pick([instance(1), instance(2)], '/d', 2).pid).toBe(2)
    expect(pick([instance(1)], '/d', undefined).pid).toBe(1)
    // Two monitors of one process: the newer one answers.
    expect(pick([instance(1, { socket: 'a' }), instance(1, { socket: 'b' })], '/d', undefined).socket).toBe('b')
  })

  it('is not guessed: the choices are listed', () => {
    const several = refusal(() => pick([instance(1), instance(2, { labels: { service: 'shop' } })], '/d', undefined))
    expect(several.message).toContain('--pid: 1 server.js; 2 server.js (service=shop)')
    expect(exitOf(several)).toBe(4)
    expect(refusal(() => pick([instance(1)], '/d', 9)).message).toContain('no monitored process 9')
    expect(refusal(() => pick([], '/d', undefined)).message).toContain('no monitored process writes to /d')
  })
})

describe('a URL', () => {
  it('without a path is that of the server', () => {
    expect(baseOf('http://box:3000')).toBe('http://box:3000/debug/autodump')
    expect(baseOf('https://box/ops/dumps/')).toBe('https://box/ops/dumps')
  })

  it.each(['box:3000', 'file:///etc/passwd', 'http://user:secret@box/', 'nonsense'])('cannot be %s', url => {
    const error = refusal(() => baseOf(url))
    expect(exitOf(error)).toBe(2)
    expect(error.message).not.toContain('secret')
  })
})
