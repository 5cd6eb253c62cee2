import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, dirname, extname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { CaptureKind, Manifest } from '@autodump/core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AtEnd, endOfAll, eventually, noRules, pause, startServer, temporaryDirectory } from '../support.js'

const require = createRequire(import.meta.url)
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (!executablePath) console.warn('no Chromium in /usr/bin: whether viewers open our files is not tested')

/** The files of a dump with all of that, as a person would download them: uncompressed. */
async function dumpOf(capture: CaptureKind[], atEnd: AtEnd): Promise<(file: string) => string> {
  const server = await startServer(
    {
      interval: 200,
      thresholds: noRules,
      recorder: { window: 500 },
      heapProfile: { sampleInterval: 64 * 1024 },
      // Others are as V8 wrote them.
      heapSnapshot: { redact: 'always' },
    },
    { fixture: 'evidence.mjs', atEnd },
  )
  const abort = new AbortController()
  atEnd(() => abort.abort())
  const ask = (path: string, init?: RequestInit) => fetch(server.base + path, init).catch(() => undefined)
  await ask('/keep')
  for (let sent = 0; sent < 7; sent++) void ask('/seat', { signal: abort.signal })
  const load = async (path: string) => {
    while (!abort.signal.aborted) {
      await ask(path)
      await pause(10)
    }
  }
  void load('/burn')
  void load('/pay')
  await eventually('a window was recorded', async () => ((await server.status()).recorder.windows ?? 0) > 1)

  const body = JSON.stringify({ capture, duration: 1000 })
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body })
  expect(response.status).toBe(201)
  const { id, state, artifacts } = (await response.json()) as Manifest
  expect(artifacts.filter(artifact => artifact.error)).toEqual([])
  expect(state).toBe('complete')
  const dir = temporaryDirectory(atEnd)
  for (const { file, encoding } of artifacts) {
    const stored = await readFile(join(server.dir, id, encoding ? `${file}.gz` : file))
    await writeFile(join(dir, file), encoding ? gunzipSync(stored) : stored)
  }
  // The viewers need neither the server nor its load.
  abort.abort()
  server.child.kill('SIGKILL')
  return file => join(dir, file)
}

/** Opens the page, with what goes wrong in it. */
async function visit(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } })
  page.setDefaultTimeout(60_000)
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('dialog', dialog => {
    errors.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(url)
  return { page, errors }
}

async function choose(page: Page, file: string, open: () => Promise<void>): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()])
  await chooser.setFiles(file)
}

/** speedscope as it is published: a page and its scripts, served from the package. */
async function serveSpeedscope(atEnd: AtEnd): Promise<string> {
  const root = join(dirname(require.resolve('speedscope/package.json')), 'dist/release')
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
  const server = createServer(async (request, response) => {
    const path = new URL(request.url as string, 'http://localhost').pathname
    const content = await readFile(join(root, path)).catch(() => null)
    response.writeHead(content ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
    response.end(content)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`
}

/** Opens one file after the other in speedscope, and waits until its table of functions has the name. */
async function findInSpeedscope(browser: Browser, url: string, files: [file: string, name: string][]): Promise<void> {
  const { page, errors } = await visit(browser, url)
  for (const [index, [file, name]] of files.entries()) {
    await choose(page, file, () => (index === 0 ? page.click('label[for="file"]') : page.getByText('Import').click()))
    // Until then the file before it is shown.
    await page.waitForFunction(`document.title.startsWith(${JSON.stringify(basename(file))})`)
    await page.getByText('Sandwich').click()
    await page.getByText('Symbol Name').waitFor()
    await page.getByText(name).first().waitFor()
    expect(errors).toEqual([])
  }
  await page.close()
}

type Panel = 'heap-profiler' | 'timeline'

/** Opens the file in the DevTools that the browser brings, as its Load button does. */
async function openInDevTools(browser: Browser, panel: Panel, file: string): Promise<{ page: Page; errors: string[] }> {
  const visited = await visit(browser, `devtools://devtools/bundled/js_app.html?panel=${panel}`)
  const { page } = visited
  const load = page.getByRole('button', { name: panel === 'timeline' ? 'Load trace' : 'Load profile' }).first()
  await choose(page, file, () => load.click())
  if (panel === 'timeline') {
    // The help that it shows to newcomers, over what is to be clicked.
    await page.locator('devtools-shortcut-dialog').getByRole('button', { name: 'Close' }).click()
  }
  return visited
}

describe.skipIf(!executablePath)('viewers open our files', { timeout: 180_000 }, () => {
  const atEnd = endOfAll()
  let browser: Browser
  let file: (name: string) => string
  let speedscope: string
  beforeAll(async () => {
    file = await dumpOf(['cpu-profile', 'heap-profile', 'heap-snapshot', 'async-stacks', 'async-wait', 'trace'], atEnd)
    speedscope = await serveSpeedscope(atEnd)
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    atEnd(() => browser.close())
  }, 300_000)

  it('speedscope: profiles, the wait profile and collapsed async stacks', async () => {
    await findInSpeedscope(browser, speedscope, [
      [file('cpu.cpuprofile'), 'sumOfRoots'],
      [file('cpu-before.cpuprofile'), 'sumOfRoots'],
      [file('heap.heapprofile'), 'keepSubscriptions'],
      [file('heap-later.heapprofile'), 'keepSubscriptions'],
      [file('async-stacks.collapsed.txt'), 'waitForSeat (evidence.mjs:'],
      [file('async-wait.cpuprofile'), 'pollPayment'],
    ])
  })

  it('Chrome DevTools: CPU profiles in Performance, the heap in Memory', async () => {
    for (const name of ['cpu.cpuprofile', 'cpu-before.cpuprofile']) {
      const { page, errors } = await openInDevTools(browser, 'timeline', file(name))
      await page.getByRole('tab', { name: 'Bottom-up' }).click()
      await page.getByText('sumOfRoots').filter({ visible: true }).first().waitFor()
      expect(errors).toEqual([])
      await page.close()
    }
    for (const [name, shown] of [
      ['heap.heapsnapshot', 'Subscription'],
      ['heap.heapprofile', 'keepSubscriptions'],
    ] as const) {
      const { page, errors } = await openInDevTools(browser, 'heap-profiler', file(name))
      await eventually(
        `${shown} in ${name}`,
        async () => {
          // Until it is loaded, being selected does nothing.
          await page.getByRole('treeitem', { name: 'Profiles', exact: true }).click()
          await page.getByRole('treeitem', { name: /^heap/ }).click()
          await pause(500)
          return page.getByText(shown).filter({ visible: true }).first().isVisible()
        },
        90_000,
      )
      expect(errors).toEqual([])
      await page.close()
    }
  })

  it('Chrome DevTools and speedscope: trace events', async () => {
    const { page, errors } = await openInDevTools(browser, 'timeline', file('trace.json'))
    await page.getByRole('tab', { name: 'Event log' }).waitFor() // There is none until a trace is loaded.
    expect(errors).toEqual([])
    await page.close()
    const visited = await visit(browser, speedscope)
    await choose(visited.page, file('trace.json'), () => visited.page.click('label[for="file"]'))
    // It lists the threads of a trace when it is asked which to show.
    await visited.page.getByText('JavaScriptMainThread').first().waitFor()
    expect(visited.errors).toEqual([])
    await visited.page.close()
  })
})
