import { AutodumpError } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { CliError, exitOf, refusalOf } from './errors.js'

describe('exit codes', () => {
  it('follow from what went wrong', () => {
    expect(exitOf(new CliError('notFound', ''))).toBe(3)
    expect(exitOf(new AutodumpError('INVALID', ''))).toBe(2)
    expect(exitOf(new AutodumpError('STOPPED', ''))).toBe(4)
    expect(exitOf(new AutodumpError('LIMITED', ''))).toBe(5)
    expect(exitOf(new AutodumpError('NO_ROOM', ''))).toBe(1)
    expect(exitOf(new TypeError('x is undefined'))).toBe(1)
  })

  it.each([
    [400, 2],
    [401, 1],
    [403, 1],
    [404, 3],
    [409, 5],
    [412, 1],
    [429, 5],
    [503, 4],
    [507, 1],
  ])('of a refusal with %i is %i', async (status, code) => {
    const headers = { 'content-type': 'application/problem+json' }
    expect(exitOf(await refusalOf(new Response('{"detail":"no"}', { status, headers })))).toBe(code)
  })
})

describe('a refusal', () => {
  const headers = { 'content-type': 'application/problem+json' }

  it('is told with every invalid field, and with when to try again', async () => {
    const errors = [
      { field: 'cpu.min', message: 'must be a number' },
      { field: '', message: 'must be an object' },
    ]
    const invalid = new Response(JSON.stringify({ detail: 'invalid thresholds', errors }), { status: 400, headers })
    expect((await refusalOf(invalid)).message).toBe('cpu.min must be a number; must be an object')
    const busy = new Response('{"detail":"busy"}', { status: 409, headers: { ...headers, 'retry-after': '4' } })
    expect((await refusalOf(busy)).message).toBe('busy (try again in 4 s)')
  })

  it('of something else than autodump says so', async () => {
    expect((await refusalOf(new Response('<html>', { status: 502 }))).message).toMatch(/not one of autodump/)
  })
})
