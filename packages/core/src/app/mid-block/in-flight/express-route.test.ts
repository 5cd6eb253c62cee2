import { describe, expect, it } from 'vitest'
import { expressRoute } from './express-route.js'

const routed = (path: unknown, baseUrl: string, params: object = {}) =>
  expressRoute({ route: { path }, baseUrl, params })

describe('the path of the routers before a route', () => {
  it.each([
    // With `mergeParams` the route has the parameters of all.
    ['/orders/:id', '/shops/acme', { shop: 'acme', id: '7' }, '/shops/:shop/orders/:id'],
    ['/', '/a/x/b/y', { one: 'x', two: 'y' }, '/a/:one/b/:two'],
    ['/', '/shops/a%20b', { shop: 'a b' }, '/shops/:shop'],
    // A name that the route has itself stands for something else there.
    ['/orders/:id', '/shops/acme', { id: 'acme' }, '/shops/acme/orders/:id'],
    ['/*rest', '/shops/acme', { shop: 'acme', rest: ['acme', 'x'] }, '/shops/:shop/*rest'],
    ['/{:id}', '/shops/acme', { id: 'acme' }, '/shops/acme/{:id}'],
    [/^\/(?<id>\d+)$/, '/shops/7', { id: '7' }, '/shops/:id^\\/(?<id>\\d+)$'],
    // The same text twice: the later one.
    ['/', '/users/users', { name: 'users' }, '/users/:name'],
    ['/', '/users/17', {}, '/users/:id'],
    ['/', '/users/acme', { 0: 'acme', '': 'acme', other: '' }, '/users/acme'],
    ['/', '/users/%zz', { id: '%zz' }, '/users/:id'],
  ])('of %s, below %s with %j, is %s', (path, baseUrl, params, pattern) => {
    expect(routed(path, baseUrl, params)).toBe(pattern)
  })

  it('belongs to each of several paths', () => {
    expect(routed(['/a/:id', /^\/b$/], '/api')).toBe('/api/a/:id|/api^\\/b$')
  })
})

it('there is no pattern where no route was chosen', () => {
  for (const raw of [null, {}, { route: null }, { route: {} }, { route: { path: 7 } }, { route: { path: ['/a', 7] } }])
    expect(expressRoute(raw)).toBeNull()
})
