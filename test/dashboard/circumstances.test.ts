import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, freePort, manifestsIn, noRules, temporaryDirectory } from '../support.js'
import { dashboardOf, dump, go, hasChromium, logIn, startShop, useBrowser } from './browser.js'

const hasNginx = spawnSync('nginx', ['-v']).status === 0
if (!hasNginx) console.warn('no nginx: the dashboard behind a proxy is not tested')

describe.skipIf(!hasChromium)('the dashboard under unusual circumstances', () => {
  const browser = useBrowser()

  it.skipIf(!hasNginx)('works behind a proxy that keeps its path, and behind one that rewrites it', async () => {
    const server = await startShop({ thresholds: noRules })
    const { id } = await dump(server, ['cpu-profile'])
    const proxy = await startNginx(server.base)
    for (const path of ['/debug/autodump', '/tools/shop/autodump']) {
      const { page, troubles, requests } = await browser.visit(proxy + path)
      await logIn(page)
      await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
      expect(await page.context().cookies()).toMatchObject([{ path }])
      await page.getByRole('status').getByText('running', { exact: true }).waitFor()
      // The stream comes through as it is sent, not when a buffer is full.
      const lastAt = async () => (await page.locator('.live-ends span').last().textContent()) ?? ''
      const seen = await lastAt()
      await eventually('another sample', async () => (await lastAt()) !== seen)

      await go(page, `/dumps/${id}/cpu.cpuprofile`)
      const flame = page.frameLocator('iframe')
      await flame.getByText('Sandwich').click()
      await flame.getByText('Symbol Name').waitFor()
      await page.reload()
      await flame.getByText('Sandwich').waitFor()
      expect(new Set(requests.map(to => to.startsWith(path)))).toEqual(new Set([true]))
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByLabel('Token', { exact: true }).waitFor()
      expect(await page.context().cookies()).toEqual([])
      expect(troubles).toEqual([])
    }
  })

  it('shows 10,000 dumps as it shows a hundred: page by page', async () => {
    const dir = temporaryDirectory()
    const first = await startShop({ dir, thresholds: noRules })
    await dump(first)
    first.child.kill('SIGKILL')
    await first.exit
    multiply((await manifestsIn(dir))[0] as Manifest, dir, 10_000)
    const server = await startShop({ dir, thresholds: noRules, retention: { maxDumps: 100_000 } })

    const { page, troubles, requests } = await browser.visit(`${dashboardOf(server)}#/dumps`)
    await logIn(page)
    await page.getByText('10,001 dumps').waitFor()
    const rows = page.locator('.dumps-row')
    const lists = () => requests.filter(to => /autodump\/dumps\?limit=50/.test(to))
    expect(await rows.count()).toBeLessThanOrEqual(100)
    expect(lists().length).toBeLessThanOrEqual(2)
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(5000)
    const shown = await rows.count()
    await rows.last().scrollIntoViewIfNeeded()
    await eventually('more are shown', async () => (await rows.count()) > shown)
    expect(await rows.count()).toBeLessThanOrEqual(shown + 100)

    await page.getByRole('searchbox').fill('customer 7777 ')
    await page.getByText('1 found').waitFor()
    expect(await rows.count()).toBe(1)
    // A page of the list costs as little as what does not depend on how many there are.
    const took = await page.evaluate(async () => {
      const median = async (path: string) => {
        const times: number[] = []
        for (let turn = 0; turn < 9; turn++) {
          const begin = performance.now()
          await (await fetch(path)).text()
          times.push(performance.now() - begin)
        }
        return times.sort((a, b) => a - b)[4] as number
      }
      return { page: await median('dumps?limit=50'), fixed: await median('session') }
    })
    expect(took.page).toBeLessThan(20 * took.fixed)
    expect(troubles).toEqual([])
  })

  it('works while the app thread is blocked, through the port of the monitor thread', async () => {
    const server = await startShop({ thresholds: noRules, admin: { port: 0 } })
    const address = (await server.status()).admin?.address as string
    const { page, troubles } = await browser.visit(address)
    await logIn(page)
    await page.getByRole('status').getByText('running', { exact: true }).waitFor()
    void fetch(`${server.base}/cart?n=1e9`).catch(() => {})
    await page.getByRole('status').getByText('blocked', { exact: true }).first().waitFor()

    await page.getByRole('link', { name: 'Dump now' }).click()
    await page.getByLabel('Seconds to profile').fill('0.3')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('link', { name: 'Open the dump' }).click()
    await page.getByRole('heading', { level: 1 }).getByText('priceOfCart').waitFor()
    await go(page, '/dumps')
    await page.locator('.dumps-row').getByText('priceOfCart').waitFor()
    await page.reload()
    await page.locator('.dumps-row').getByText('priceOfCart').waitFor()
    expect(troubles).toEqual([])
  })
})

/** Dumps as that one, of earlier days, each about another customer. */
function multiply(manifest: Manifest, dir: string, count: number): void {
  const begin = Date.parse(manifest.createdAt)
  for (let nr = 0; nr < count; nr++) {
    const createdAt = new Date(begin - (nr + 1) * 60_000).toISOString()
    const id = `${createdAt.replace(/[-:.]/g, '')}-${manifest.process.pid}-manual`
    const summary = { ...manifest.summary, text: `The order of customer ${nr} was slow.` }
    mkdirSync(join(dir, id), { mode: 0o700 })
    const copy = JSON.stringify({ ...manifest, id, createdAt, summary, artifacts: [] })
    writeFileSync(join(dir, id, 'manifest.json'), copy, { mode: 0o600 })
  }
}

/** nginx before the app, as docs/dashboard.md has it. Returns its origin. */
async function startNginx(target: string): Promise<string> {
  const dir = temporaryDirectory()
  const port = await freePort()
  const { host } = new URL(target)
  writeFileSync(
    join(dir, 'nginx.conf'),
    `
daemon off; master_process off; pid ${dir}/pid; error_log ${dir}/error.log;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${dir}/${name};`).join(' ')}
  upstream app { server ${host}; }
  server {
    listen 127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    location /debug/autodump { proxy_pass http://app; }
    location = /tools/shop/autodump { proxy_pass http://app/debug/autodump; }
    location /tools/shop/autodump/ { proxy_pass http://app/debug/autodump/; }
  }
}`,
  )
  const nginx = spawn('nginx', ['-c', join(dir, 'nginx.conf')], { stdio: 'inherit' })
  onTestFinished(async () => {
    nginx.kill('SIGKILL')
    await once(nginx, 'exit')
  })
  const origin = `http://127.0.0.1:${port}`
  await eventually('nginx answers', () =>
    fetch(origin).then(
      () => true,
      () => false,
    ),
  )
  return origin
}
