import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { tries } from '../../testing/damage.js'
import { appScript, inlineScript, plantDashboard } from '../../testing/dashboard.js'
import { temporaryDirectory } from '../../testing/dumps.js'
import { buildDirectories } from './build.js'
import { createPage } from './page.js'

const directory = plantDashboard(mkdtempSync(join(tmpdir(), 'autodump-page-')))

afterAll(() => rmSync(directory, { recursive: true }))

const page = createPage(() => [directory])

const request = (headers: Record<string, string> = {}) => new Request('http://localhost/', { headers })

const asset = async (name: string, headers = {}) =>
  (await page.file('assets', name, request(headers))) ?? expect.unreachable(name)

const js = 'index-Bx3k_9aZ.js'

describe('the page', () => {
  it('has the status that it is given, and runs its own scripts only', async () => {
    const response = page.index(401, { 'www-authenticate': 'Bearer' }) ?? expect.unreachable()
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const hash = createHash('sha256').update(inlineScript).digest('base64')
    expect(response.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      `script-src 'self' 'sha256-${hash}'`,
      "style-src 'self'",
      "frame-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
    expect(await response.text()).toContain(inlineScript)
  })

  it('is not there where it was not built, and neither are its files', async () => {
    const none = createPage(() => [join(temporaryDirectory(), 'nothing')])
    expect(none.index(200)).toBeUndefined()
    expect(await none.file('assets', js, request())).toBeUndefined()
  })

  it('may be replaced by another build, as by an update of the package', async () => {
    const updated = plantDashboard(temporaryDirectory())
    const page = createPage(() => [updated])
    expect(await page.index(200)?.text()).toContain(inlineScript)
    rmSync(join(updated, 'assets', js))
    expect(await page.file('assets', js, request())).toBeUndefined()
    writeFileSync(join(updated, 'assets', 'index-NewOne00.js'), 'new')
    expect(await page.file('assets', 'index-NewOne00.js', request())).toBeUndefined()
    writeFileSync(join(updated, 'index.html'), '<p>new</p>')
    utimesSync(join(updated, 'index.html'), new Date(), new Date(Date.now() + 5000))
    expect(await page.index(200)?.text()).toBe('<p>new</p>')
    expect(await (await page.file('assets', 'index-NewOne00.js', request()))?.text()).toBe('new')
    rmSync(updated, { recursive: true })
    expect(page.index(200)).toBeUndefined()
  })

  it('that is not there is looked for once', async () => {
    let looks = 0
    const counted = createPage(() => {
      looks += 1
      return []
    })
    counted.index(200)
    await counted.file('assets', js, request())
    expect(looks).toBe(1)
  })
})

describe('a file of the page', () => {
  it.each([
    [js, 'text/javascript; charset=utf-8', appScript],
    ['index-C0ffee00.css', 'text/css; charset=utf-8', 'body { margin: 0 }'],
    ['font-abcdefgh.woff2', 'font/woff2', '\x01\x02\x03'],
    ['zipped-12345678.js', 'text/javascript; charset=utf-8', 'zipped at the build'],
  ])('%s has its type, and its content with gzip and without', async (name, type, content) => {
    const plain = await asset(name)
    expect(plain.headers.get('content-type')).toBe(type)
    expect(plain.headers.has('content-encoding')).toBe(false)
    expect(plain.headers.get('content-length')).toBe(String(content.length))
    expect(await plain.text()).toBe(content)
    const zipped = await asset(name, { 'accept-encoding': 'gzip, br' })
    const bytes = Buffer.from(await zipped.arrayBuffer())
    expect(zipped.headers.get('content-length')).toBe(String(bytes.length))
    const isZipped = zipped.headers.get('content-encoding') === 'gzip'
    expect(isZipped).toBe(!name.endsWith('.woff2'))
    expect((isZipped ? gunzipSync(bytes) : bytes).toString()).toBe(content)
    expect([zipped.headers.get('etag'), zipped.headers.get('vary')]).toEqual([
      plain.headers.get('etag'),
      'Accept-Encoding',
    ])
  })

  it('is kept for ever where its name has a hash, and else asked about', async () => {
    expect((await asset(js)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const first = await page.file('speedscope', 'index.html', request())
    expect(first?.headers.get('cache-control')).toBe('no-cache')
    const etag = first?.headers.get('etag') ?? ''
    const again = await page.file('speedscope', 'index.html', request({ 'if-none-match': etag }))
    expect([again?.status, again?.body, again?.headers.get('etag')]).toEqual([304, null, etag])
  })

  it('of speedscope may be framed by the page, and have the style that it makes', async () => {
    const { headers } = (await page.file('speedscope', 'index.html', request())) ?? expect.unreachable()
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toContain("style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
  })

  it('has the same bytes for all who ask, unzipped or not, and none before somebody takes them', async () => {
    const large = plantDashboard(temporaryDirectory())
    const content = 'x'.repeat(200_000)
    writeFileSync(join(large, 'assets', 'large-12345678.js'), content)
    const page = createPage(() => [large])
    for (const encoding of ['gzip', 'identity']) {
      const [one, other] = await Promise.all(
        [1, 2].map(() => page.file('assets', 'large-12345678.js', request({ 'accept-encoding': encoding }))),
      )
      const first = await one?.body?.getReader().read()
      const again = await other?.body?.getReader().read()
      expect(first?.value?.buffer).toBe(again?.value?.buffer)
      if (encoding === 'identity') expect(first?.value?.length).toBeLessThan(content.length)
    }
    const whole = await page.file('assets', 'large-12345678.js', request())
    expect([whole?.headers.get('content-length'), await whole?.text()]).toEqual([`${content.length}`, content])
  })

  it('is one that the build had when it was first looked at, and nothing else', async () => {
    const names = fc.oneof(
      fc.constantFrom('../secret.txt', 'inner', 'inner/secret.js', '..', '.', '', 'zipped-12345678.js.gz', '__proto__'),
      fc.constantFrom('index.html', `../speedscope/index.html`, `${js}\0`, `${js}.gz`, directory, 'constructor'),
      fc.string(),
    )
    const find = (name: string) => page.file('assets', name, request())
    expect(await find(js)).toBeDefined()
    await fc.assert(
      fc.asyncProperty(names, async name => {
        expect(await find(name)).toBeUndefined()
      }),
      tries(300),
    )
  })
})

describe('the build is looked for', () => {
  it('in every place that has the package', () => {
    expect(buildDirectories(['/lib/core', '/app'])).toEqual(['/lib/core/dist/dashboard', '/app/dist/dashboard'])
  })

  it('in the first place that has it', () => {
    const empty = join(temporaryDirectory(), 'dashboard')
    mkdirSync(empty)
    expect(createPage(() => [empty, directory]).index(200)?.status).toBe(200)
  })
})
