import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exitOf } from './errors.js'
import { baseOf, tokenOf } from './target.js'

const refusal = (work: () => unknown): Error => {
  try {
    work()
  } catch (error) {
    return error as Error
  }
  throw new Error('was not refused')
}

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

it('a token file holds a token', () => {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-token-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const tokenFile = join(dir, 'token')
  writeFileSync(tokenFile, 't0ken\n')
  expect(tokenOf({ tokenFile })).toBe('t0ken')
  writeFileSync(tokenFile, '\n')
  expect(exitOf(refusal(() => tokenOf({ tokenFile })))).toBe(2)
})
