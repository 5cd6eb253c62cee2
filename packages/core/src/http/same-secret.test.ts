import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askAdmin, base } from '../testing/ask-admin.js'
import { isSameSecret } from './same-secret.js'

vi.mock('./same-secret.js', async original => {
  const { isSameSecret } = await original<typeof import('./same-secret.js')>()
  return { isSameSecret: vi.fn(isSameSecret) }
})

const compared = vi.mocked(isSameSecret)

beforeEach(() => void compared.mockClear())

const source = join(import.meta.dirname, '..')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  name => name.endsWith('.ts') && !name.endsWith('.test.ts'),
)

describe('every comparison of a secret is the one that takes the same time whatever was said', () => {
  const { handler } = askAdmin()
  const ask = (path: string, init: RequestInit = {}) => handler(new Request(base + path, init))
  const login = (token: string) =>
    ask('/login', { method: 'POST', body: JSON.stringify({ token }), headers: { 'content-type': 'application/json' } })

  it.each(['t0ken', 't0keN', 't', '', 'x'.repeat(5000)])('a bearer token and a login with %j', async said => {
    if (said !== '') {
      const { status } = await ask('/status', { headers: { authorization: `Bearer ${said}` } })
      expect(status).toBe(said === 't0ken' ? 200 : 401)
      expect(compared.mock.calls).toEqual([[said, 't0ken']])
      compared.mockClear()
    }
    const { status } = await login(said)
    if (status === 400) return expect(compared).not.toHaveBeenCalled() // It was no token to begin with.
    expect(status).toBe(said === 't0ken' ? 204 : 401)
    expect(compared.mock.calls).toEqual([[said, 't0ken']])
  })

  it('a cookie, with the signature that it should have', async () => {
    const cookie = (await login('t0ken')).headers.get('set-cookie')?.split(';')[0] ?? ''
    for (const [sent, status] of [
      [cookie, 200],
      [`${cookie.slice(0, -2)}AA`, 401],
    ] as const) {
      compared.mockClear()
      expect((await ask('/status', { headers: { cookie: sent } })).status).toBe(status)
      expect(compared).toHaveBeenCalledOnce()
    }
  })

  it('and nothing else in this package compares one', () => {
    const uses = files.filter(name => readFileSync(join(source, name), 'utf8').includes('timingSafeEqual'))
    expect(uses).toEqual([join('http', 'same-secret.ts')])
    for (const name of files) {
      const text = readFileSync(join(source, name), 'utf8')
      const plain =
        /\b(?:token|secret|signature|bearer|given)\b *[!=]==? *(?!undefined|null|false|true|''|"")\w|[!=]==? *\b(?:expected|token|secret|signature)\b(?!\.)/
      // The file of a lock has a name in it that is called a token, and proves nothing to anybody.
      if (name !== join('lib', 'lock-file.ts')) expect(text.match(plain)?.[0], name).toBeUndefined()
    }
  })
})
