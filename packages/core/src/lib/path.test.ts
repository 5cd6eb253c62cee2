import { describe, expect, it } from 'vitest'
import { collapseIds, isBelow, pathOnly } from './path.js'

describe('pathOnly', () => {
  it.each([
    ['/users/1?token=secret', '/users/1'],
    ['/users/1#secret', '/users/1'],
    ['/a#b?c', '/a'],
    ['?token=secret', '/'],
    ['', '/'],
    ['*', '*'],
    ['//double//slash', '//double//slash'],
    ['/mail/@me', '/mail/@me'],
    ['http://user:secret@example.com/path?x', '/path'],
    ['HTTPS://example.com', '/'],
    ['https://example.com?secret', '/'],
    ['amqp+tls://user:secret@host/queue', '/queue'],
    ['//user:secret@host/path', '/path'],
    ['user:secret@host/path', '/path'],
    ['send-mail', 'send-mail'],
    ['/reset/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b/form', '/reset/:token/form'],
    ['/in/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', '/in/:token'],
    ['/users/6f1c2b34-9a7e-4c1d-8f00-0123456789ab', '/users/6f1c2b34-9a7e-4c1d-8f00-0123456789ab'],
    ['/blog/how-we-moved-300-services-to-node-24-in-2026', '/blog/how-we-moved-300-services-to-node-24-in-2026'],
    [`/t/${'a1b2'.repeat(300)}`, '/t/:token'],
  ])('%s becomes %s', (target, path) => {
    expect(pathOnly(target)).toBe(path)
  })

  it('cuts what is too long', () => {
    const path = pathOnly(`/${'x'.repeat(100_000)}`)
    expect(path).toHaveLength(512)
    expect(path.endsWith('…')).toBe(true)
  })
})

describe('isBelow', () => {
  it.each([
    ['/debug', true],
    ['/debug/', true],
    ['/debug?x', true],
    ['/debug/dumps/1?x=1', true],
    ['http://host/debug/status', true],
    ['/debugger', false],
    ['/other?/debug', false],
    ['/', false],
    ['', false],
  ])('%s: %s', (target, below) => {
    expect(isBelow(target, '/debug')).toBe(below)
  })

  it('has nothing below an empty prefix', () => {
    expect(isBelow('/anything', '')).toBe(false)
  })
})

describe('collapseIds', () => {
  it.each([
    ['/users/123', '/users/:id'],
    ['/users/123/orders/9f8b2c1d', '/users/:id/orders/:id'],
    ['/users/6f1c2b34-9a7e-4c1d-8f00-0123456789ab/', '/users/:id/'],
    ['/orders/507f1f77bcf86cd799439011', '/orders/:id'],
    ['/sessions/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/sessions/:id'],
    ['/reports/2026-11-24', '/reports/:id'],
    ['/mail/someone@example.com', '/mail/:id'],
    ['/mail/someone%40example.com', '/mail/:id'],
    ['/api/v1/users', '/api/v1/users'],
    ['/health', '/health'],
    ['/defaced', '/defaced'],
    ['/deadbeef', '/deadbeef'],
    ['/internationalization', '/internationalization'],
    ['/users/:userId2', '/users/:userId2'],
    ['/', '/'],
  ])('%s becomes %s', (path, collapsed) => {
    expect(collapseIds(path)).toBe(collapsed)
  })
})
