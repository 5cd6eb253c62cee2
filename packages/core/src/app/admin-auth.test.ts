import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { Options } from '../model/options.js'
import { resolveOptions } from '../options/options.js'
import { adminAuthOf } from './admin-auth.js'

const made = (reason: string) => `made because ${reason}`

const authOf = (options: Options) => adminAuthOf(options, made)

const admin = { port: 0 }

describe('who may use the admin server', () => {
  it('is nobody where there is none', () => expect(authOf({ auth: { token: 'a' } })).toBeNull())

  it('is who may use the mounted routes', () => {
    expect(authOf({ admin, auth: { token: 'a' } })).toEqual({ token: 'a' })
    expect(authOf({ admin, auth: false })).toBe(false)
    expect(authOf({ admin })).toEqual({ token: 'made because no auth option is set' })
  })

  it('is who has the random token, where the mounted routes ask a function', () => {
    const { token } = authOf({ admin, auth: { authorize: () => true } }) as { token: string }
    expect(token).toContain('auth.authorize cannot be asked')
  })

  it('is whoever `admin.auth` says', () => {
    expect(authOf({ admin: { port: 0, auth: { token: 'b' } }, auth: { token: 'a' } })).toEqual({ token: 'b' })
    expect(authOf({ admin: { port: 0, auth: false }, auth: { token: 'a' } })).toBe(false)
  })
})

describe('the option `admin`', () => {
  const invalid = (value: unknown) => {
    try {
      resolveOptions({ admin: value } as Options)
      return []
    } catch (error) {
      return (error as AutodumpError).errors.map(({ field }) => field)
    }
  }

  it('says where to listen, on the loopback unless told otherwise', () => {
    expect(resolveOptions({ admin: { port: 9464 } }).admin).toEqual({ host: '127.0.0.1', port: 9464 })
    expect(resolveOptions({ admin: { host: '::', port: 0 } }).admin).toEqual({ host: '::', port: 0 })
    expect(resolveOptions({ admin: { path: '/run/a.sock' } }).admin).toEqual({ path: '/run/a.sock' })
    expect(resolveOptions({ admin: { path: '\\\\.\\pipe\\a' } }).admin).toEqual({ path: '\\\\.\\pipe\\a' })
    expect(resolveOptions().admin).toBeNull()
  })

  it('is refused, with its field named, where it does not say where', () => {
    expect(invalid({})).toEqual(['admin'])
    expect(invalid({ host: '::' })).toEqual(['admin'])
    expect(invalid({ port: 1, path: '/a' })).toEqual(['admin'])
    expect(invalid({ host: '::', path: '/a' })).toEqual(['admin'])
    expect(invalid({ port: 65_536 })).toEqual(['admin.port'])
    expect(invalid({ host: 'a b', port: 1 })).toEqual(['admin.host'])
    expect(invalid({ path: '\0abstract' })).toEqual(['admin.path'])
    expect(invalid(9464)).toEqual(['admin'])
  })

  it('keeps its token out of the resolved options and of every message', () => {
    expect(JSON.stringify(resolveOptions({ admin: { port: 0, auth: { token: 'hunter2' } } }))).not.toContain('hunter2')
    expect(invalid({ port: 0, auth: { token: 'a b' } })).toEqual(['admin.auth.token'])
    expect(invalid({ port: 0, auth: { authorize: () => true } })).toEqual(['admin.auth'])
    const bad = { admin: { port: -1, auth: { token: 'hunter2' } } }
    expect(() => resolveOptions(bad)).toThrow(AutodumpError)
    expect(() => resolveOptions(bad)).not.toThrow(/hunter2/)
  })
})
