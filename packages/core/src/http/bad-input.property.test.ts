import fc from 'fast-check'
import { expect, it } from 'vitest'
import { patchThresholds, thresholdsEtag } from '../options/thresholds-patch.js'
import { defaultThresholds } from '../rules/defaults.js'
import { askAdmin, base, bearer, problem } from '../testing/ask-admin.js'
import { corrupted, deepJson, edited, junk, tries } from '../testing/damage.js'
import { createFakeMonitor, dumpId } from '../testing/fake-monitor.js'
import { parseTrigger } from './trigger-request.js'

/** An admin handler whose monitor checks what it is asked for as a real one does, and holds its thresholds. */
function setUp() {
  let thresholds = defaultThresholds([])
  const monitor = Object.assign(createFakeMonitor(), {
    thresholds: () => ({ thresholds, etag: thresholdsEtag(thresholds) }),
    async updateThresholds(patch: unknown) {
      thresholds = patchThresholds(thresholds, patch)
      return thresholds
    },
  })
  const begin = monitor.begin
  monitor.begin = async request => begin(parseTrigger(request))
  return askAdmin({}, monitor)
}

const patch = { cpu: { enabled: false, min: 5, spike: null, watermark: 70, capture: ['requests'] }, rss: null }

const order = { capture: ['cpu-profile', 'requests'], duration: 100, reason: 'by hand' }

const bodyOf = (valid: object) =>
  fc.oneof(
    edited(valid).map(value => JSON.stringify(value) ?? ''),
    corrupted(JSON.stringify(valid)),
    junk.map(value => JSON.stringify(value) ?? ''),
    fc.constantFrom(
      deepJson(30_000),
      `{"reason":${deepJson(20_000)}}`,
      `{"cpu":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      `"${'x'.repeat(70_000)}"`,
      '{"__proto__":{"polluted":1}}',
      '{"cpu":{"__proto__":{"polluted":1}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"\\u005f_proto__":{"polluted":1}}',
      '\uFEFF{}',
      '{}{}',
      '{"duration":-1,"duration":100}',
      '{"cpu":{"min":1},"cpu":{"min":-1}}',
      '{"duration":1e400}',
    ),
    fc.constant(Buffer.from(JSON.stringify(valid), 'utf16le')),
  )

const type = fc.constantFrom(
  'application/json',
  'application/json',
  'application/json',
  'application/merge-patch+json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON;charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  'application/jsonp',
  '',
  'x'.repeat(5000),
)

it('whatever the body, it is done whole or refused as the contract says, and nothing is half done', async () => {
  const { handler, monitor } = setUp()
  const seen = { done: 0, refused: 0 }
  const one = fc.oneof(
    fc.tuple(fc.constant('PATCH /thresholds'), bodyOf(patch), type),
    fc.tuple(fc.constant('POST /trigger'), bodyOf(order), type),
  )
  await fc.assert(
    fc.asyncProperty(one, async ([route, body, contentType]) => {
      const [method = '', path = ''] = route.split(' ')
      const before = monitor.thresholds().etag
      const asked = monitor.asked.length
      const headers = { ...bearer, 'content-type': contentType }
      const response = await handler(new Request(base + path, { method, body: body as string, headers }))
      if (response.status < 300) {
        seen.done++
        return
      }
      seen.refused++
      expect([400, 413, 415]).toContain(response.status)
      const { errors } = await problem(response)
      if (response.status === 400) expect(errors?.length).toBeGreaterThan(0)
      expect([monitor.thresholds().etag, monitor.asked.length]).toEqual([before, asked])
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    }),
    tries(500),
  )
  expect(Math.min(seen.done, seen.refused)).toBeGreaterThan(20)
})

/** Half a surrogate pair cannot be part of a URL. */
const wellFormed = (text: string) => Buffer.from(text).toString()

const segment = fc.oneof(
  fc.constantFrom(
    'dumps',
    dumpId,
    '..',
    '.',
    '%2e%2e',
    '%2e%2e%2f',
    '..%5c',
    '%00',
    '%',
    '%c0%ae',
    'trigger',
    'pin',
    'archive',
    'assets',
    'speedscope',
    'session',
    '%0d%0aset-cookie:%20a=b',
  ),
  fc.string().map(text => encodeURIComponent(wellFormed(text))),
)

const query = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          'limit',
          'cursor',
          'metric',
          'rule',
          'q',
          'pinned',
          'wait',
          'format',
          'instance',
          '__proto__',
          'constructor',
        ),
        fc.string(),
      ),
      fc.oneof(
        fc.constantFrom('1', '0', '-1', '1e3', '50', 'true', 'all', 'pprof', '../..', '%0d%0a', '99999999999999999999'),
        fc.string(),
      ),
    ),
    { maxLength: 4 },
  )
  .map(pairs =>
    pairs
      .map(([name, value]) => `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`)
      .join('&'),
  )

it('whatever the method, path, query and headers, the answer is one of the contract', async () => {
  const { handler, monitor } = setUp()
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'get-it')
  // The fields that let a client override the method in some frameworks.
  const override = fc.dictionary(
    fc.constantFrom(
      'x-http-method-override',
      'x-http-method',
      'x-method-override',
      'x-original-url',
      'x-rewrite-url',
      'x-forwarded-prefix',
    ),
    fc.constantFrom('DELETE', 'PATCH', '/debug/autodump/dumps/x', '/'),
  )
  await fc.assert(
    fc.asyncProperty(
      method,
      fc.array(segment, { maxLength: 4 }),
      query,
      override,
      async (method, path, query, more) => {
        const asked = monitor.asked.length
        const url = `${base}/${path.map(one => wellFormed(one)).join('/')}?${query}`
        const response = await handler(new Request(url, { method, headers: { ...bearer, ...more } }))
        for (const [name, value] of response.headers) expect(`${name}${value}`).not.toMatch(/[\r\n]/)
        expect(response.headers.has('set-cookie')).toBe(false)
        if (response.status >= 400 && method !== 'HEAD') {
          await problem(response)
          expect(response.status).not.toBe(500)
        } else await response.body?.cancel()
        const changes = monitor.asked.slice(asked).filter(([what]) => what !== 'list')
        if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || response.status >= 400)
          expect(
            changes.filter(([what]) => !['remove', 'setPinned'].includes(`${what}`) || response.status < 300),
          ).toEqual([])
      },
    ),
    tries(600),
  )
})

it('whatever the path of a login, the cookie is one cookie with the attributes that it must have', async () => {
  const { handler } = setUp()
  const seen = { done: 0, refused: 0 }
  const path = fc.oneof(
    fc.webPath(),
    fc.constantFrom('/', '//', '/a/', '/a; Domain=x', '/a,b=c', '/\r\n', '/%0d%0a', '/ ', '/é', '\u2028', '/a\0'),
    fc.string().map(text => `/${text}`),
    junk,
  )
  await fc.assert(
    fc.asyncProperty(path, async path => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ token: 't0ken', path })
      const response = await handler(new Request(`${base}/login`, { method: 'POST', headers, body }))
      const cookies = response.headers.getSetCookie()
      if (response.status === 204) {
        seen.done++
        expect(cookies).toHaveLength(1)
        expect(cookies[0]).toMatch(
          /^autodump_session=[\w.-]+; Path=\/[^;\s]*; Max-Age=43200; HttpOnly; SameSite=Strict$/,
        )
      } else {
        seen.refused++
        expect([response.status, cookies]).toEqual([400, []])
      }
    }),
    tries(300),
  )
  expect(Math.min(seen.done, seen.refused)).toBeGreaterThan(20)
})
