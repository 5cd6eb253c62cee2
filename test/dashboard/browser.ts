import { existsSync } from 'node:fs'
import type { Options } from '@autodump/core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type RunningServer, startServer, token } from '../support.js'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
export const hasChromium = executablePath !== undefined
if (!hasChromium) console.warn('no Chromium in /usr/bin: the dashboard is not tested')

export interface Visit {
  page: Page
  /** What the page should not have done: errors, refusals by the CSP, requests to other origins. */
  troubles: string[]
  /** Paths that were asked for, with their queries. */
  requests: string[]
}

/** One browser for the tests of a file; a visit has cookies of its own. */
export function useBrowser(args: string[] = []): {
  visit(url: string, options?: BrowserContextOptions): Promise<Visit>
} {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...args] })
  })
  afterAll(() => browser?.close())
  return {
    async visit(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
      onTestFinished(() => context.close())
      context.setDefaultTimeout(45_000)
      const page = await context.newPage()
      const { troubles, requests } = watch(page)
      await page.goto(url)
      return { page, troubles, requests }
    },
  }
}

function watch(page: Page): Pick<Visit, 'troubles' | 'requests'> {
  const troubles: string[] = []
  const requests: string[] = []
  page.on('pageerror', error => troubles.push(`error: ${error.message}`))
  page.on('console', message => {
    // Every answer from 400 on, also those that a test asks for.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status')
    if (message.type() === 'error' && !isStatus) troubles.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    const url = new URL(request.url())
    if (!/^https?:/.test(url.protocol)) return
    requests.push(url.pathname + url.search)
    if (url.origin !== new URL(page.url()).origin && page.url() !== 'about:blank') troubles.push(`to ${url.origin}`)
  })
  return { troubles, requests }
}

export type Framework = 'fastify' | 'express' | 'koa'

interface Start {
  framework?: Framework
  /** Whoever comes may only read. */
  reader?: boolean
}

/** The shop of `test/fixtures/dashboard.mjs`, in a process of its own. */
export function startShop(
  options: Omit<Options, 'logger' | 'metrics' | 'auth'> = {},
  { framework = 'fastify', reader = false }: Start = {},
): Promise<RunningServer> {
  return startServer(
    { interval: 200, ...options },
    {
      fixture: 'dashboard.mjs',
      env: { AUTODUMP_TEST_FRAMEWORK: framework, ...(reader && { AUTODUMP_TEST_READER: '1' }) },
    },
  )
}

export const dashboardOf = (server: RunningServer) => `${server.base}/debug/autodump`

/** As a person does it, at the page that asks for a token. */
export async function logIn(page: Page, text = token): Promise<void> {
  await page.getByLabel('Token', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** Goes to a view of the page that is open. */
export async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
}

/** A dump by hand, complete. */
export async function dump(server: RunningServer, capture: string[] = ['requests'], reason = 'by hand') {
  const response = await server.admin('/trigger?wait=true', {
    method: 'POST',
    body: JSON.stringify({ capture, duration: 300, reason }),
  })
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as { id: string; artifacts: { file: string }[] }
}
