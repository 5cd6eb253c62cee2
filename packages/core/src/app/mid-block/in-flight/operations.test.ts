import { describe, expect, it } from 'vitest'
import { createOperations } from './operations.js'
import { trpcRoute } from './trpc-route.js'

describe('the operation of a request', () => {
  it('is what it was named, by whichever wrapper', () => {
    const operations = createOperations()
    const raw = [{}, {}, {}, {}] as const
    operations.name(raw[0], 'Checkout')
    operations.name({ raw: raw[1] }, 'Cart')
    operations.name({ req: raw[2] }, 'Search')
    expect(raw.map(operations.of)).toEqual(['Checkout', 'Cart', 'Search', undefined])
    expect(operations.of(null)).toBeUndefined()
  })

  it('is a batch where there are several', () => {
    const operations = createOperations()
    const raw = {}
    operations.name(raw, 'Checkout')
    operations.name(raw, 'Checkout')
    expect(operations.of(raw)).toBe('Checkout')
    operations.name(raw, 'Cart')
    expect(operations.of(raw)).toBe('(batch)')
    operations.name(raw, 'Checkout')
    expect(operations.of(raw)).toBe('(batch)')
  })

  it('is cut where it is long', () => {
    const operations = createOperations()
    const raw = {}
    operations.name(raw, 'x'.repeat(10_000))
    expect(operations.of(raw)).toHaveLength(128)
  })
})

describe('the route of a call to tRPC', () => {
  it.each([
    ['/trpc/:path', '/trpc/order.slow?batch=1&input=%7B%7D', '/trpc/order.slow'],
    ['/trpc/:path', '/trpc/order.slow?input=1', '/trpc/order.slow'],
    ['/trpc/:path', '/trpc/order.slow,user?batch=1', '/trpc/:procedures (batch)'],
    ['/trpc/:path', '/trpc/user,order.slow,user?input=1&batch=1', '/trpc/:procedures (batch)'],
    ['/api/trpc/*', '/api/trpc/a.b?batch=1', '/api/trpc/a.b'],
    [null, '/trpc/order.slow,user?batch=1', '/trpc/:procedures (batch)'],
    [null, '/tenants/17/trpc/a,b?batch=1', '/tenants/:id/trpc/:procedures (batch)'],
    // Single calls have their name in the path that is shown anyway.
    [null, '/trpc/order.slow?batch=1', null],
  ])('with the pattern %s, %s is %s', (pattern, target, route) => {
    expect(trpcRoute(pattern, target)).toBe(route)
  })

  it.each([
    ['/files/:path', '/files/report.pdf'],
    ['/files/:path', '/files/a%2Fb?batch=1'],
    ['/search/*', '/search/shoes?input=x'],
    ['/items/:id', '/items/7?batch=1'],
    ['/items', '/items?batch=1&input=2'],
    ['/rebatch/:path', '/rebatch/x?rebatch=1'],
    [null, '/a,b'],
    [null, '/?batch=1'],
  ])('does not touch the pattern %s of %s', (pattern, target) => {
    expect(trpcRoute(pattern, target)).toBe(pattern)
  })
})
