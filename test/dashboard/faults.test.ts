import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serve } from '../../packages/fleet/src/serve.js'
import { type Planted, testBucket } from '../../packages/fleet/src/testing/bucket.js'
import { eventually, noRules } from '../support.js'
import { dashboardOf, dump, go, hasChromium, logIn, startShop, useBrowser } from './browser.js'

const [hash, render] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb']
const hour = 3_600_000
const token = 'of-the-fleet'

/** Milliseconds by function, all called by `handle`. */
function profileOf(own: Record<string, number>): string {
  const names = Object.keys(own)
  const frame = (functionName: string) => ({
    functionName,
    url: `file:///app/src/${functionName}.js`,
    lineNumber: 2,
    columnNumber: 0,
  })
  const times = Object.values(own).map(ms => ms * 1000)
  return JSON.stringify({
    nodes: [
      { id: 1, callFrame: { ...frame('(root)'), url: '' }, children: [2] },
      { id: 2, callFrame: frame('handle'), children: names.map((_, index) => index + 3) },
      ...names.map((name, index) => ({ id: index + 3, callFrame: frame(name) })),
    ],
    startTime: 0,
    endTime: times.reduce((sum, time) => sum + time, 0),
    samples: names.map((_, index) => index + 3),
    timeDeltas: [0, ...times.slice(0, -1)],
  })
}

/** A fault of two versions on two instances, and a newer one that the second version brought. */
function planted(now: number): Planted[] {
  const ofHash = { fingerprint: hash, headline: 'CPU 98%: hash (src/orders.js:3) takes 81%' }
  const ofRender = {
    fingerprint: render,
    title: 'render (src/page.js)',
    headline: 'CPU 95%: render (src/page.js:7) takes 60%',
  }
  const old = { version: '1.0.0', files: { 'cpu.cpuprofile': profileOf({ parse: 20, send: 980 }) } }
  const young = { version: '1.1.0', files: { 'cpu.cpuprofile': profileOf({ parse: 430, send: 570 }) } }
  return [
    { ...ofHash, ...old, at: now - 50 * hour, severity: 9 },
    { ...ofHash, ...old, at: now - 40 * hour, instance: 'pod-2' },
    { ...ofHash, ...young, at: now - 2 * hour },
    { ...ofRender, ...young, at: now - hour, instance: 'pod-2' },
    { at: now - 3 * hour, service: 'mail', instance: 'pod-9', version: '7', metric: 'heap' },
  ]
}

async function startFleet({ writable = false } = {}) {
  const { bucket, plant } = await testBucket()
  const ids = planted(Date.now()).map(plant)
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const served = await serve({ bucket, port: 0, token, writable, logger: quiet })
  onTestFinished(() => served.close())
  return { address: served.address, ids }
}

const rowOf = (page: Page, title: string) => page.locator('.fault-row').filter({ hasText: title })

describe.skipIf(!hasChromium)('what went wrong, in the dashboard', () => {
  const browser = useBrowser()

  it('is one row for each fault of a bucket: what is new, the newest and the worst dump a tap away, of a time', async () => {
    const { address, ids } = await startFleet()
    const { page, troubles } = await browser.visit(address)
    await logIn(page, token)
    await page.locator('.home-headline', { hasText: 'CPU 95%: render' }).waitFor()
    await page.getByRole('link', { name: 'Faults', exact: true }).click()
    await rowOf(page, 'hash').getByText('3 dumps').waitFor()
    await rowOf(page, 'hash').getByText('on 2 instances').waitFor()
    await rowOf(page, 'hash').getByText('1.0.0 to 1.1.0').waitFor()
    await rowOf(page, 'render').getByText('new since 1.1.0').waitFor()
    expect(await rowOf(page, 'hash').getByText('new since').count()).toBe(0)

    await page.getByLabel('Time', { exact: true }).selectOption('24h')
    await rowOf(page, 'hash').getByText('1 dump', { exact: true }).waitFor()
    await page.getByLabel('Time', { exact: true }).selectOption('')
    await rowOf(page, 'hash').getByRole('link', { name: 'Worst' }).click()
    await eventually('it is the worst', async () => page.url().includes(`#/dumps/${ids[0]}`))
    await go(page, '/faults')
    await rowOf(page, 'hash').getByRole('link', { name: 'Newest' }).click()
    await eventually('it is the newest', async () => page.url().includes(`#/dumps/${ids[2]}`))
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)

    await go(page, `/faults/${hash}`)
    await page.getByRole('heading', { name: 'hash (src/orders.js)' }).waitFor()
    await page.getByRole('heading', { name: 'All its dumps' }).waitFor()
    expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('is ignored, resolved and noted in a bucket that may be written', async () => {
    const { address } = await startFleet({ writable: true })
    const { page, troubles } = await browser.visit(`${address}#/faults/${hash}`)
    await logIn(page, token)
    await page.getByLabel('Note').fill('fixed by 12')
    await page.getByRole('button', { name: 'Keep the note' }).click()
    await page.locator('.fault-head .fault-note').waitFor()
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.locator('.fault-head').getByText('resolved').waitFor()
    await go(page, '/faults')
    await page.getByText('1 ignored or resolved').click()
    await rowOf(page, 'hash').getByText('fixed by 12').waitFor()
    expect(troubles).toEqual([])
  })

  it('is found by service, version and instance, and compared: two versions, or one instance with the others', async () => {
    const { address } = await startFleet()
    const { page, troubles } = await browser.visit(`${address}#/dumps`)
    await logIn(page, token)
    const rows = page.locator('.dumps-row')
    await eventually('all are listed', async () => (await rows.count()) === 5)
    await page.getByText('Time, service, version, instance').click()
    await page.getByLabel('Service').locator('option', { hasText: 'mail (1)' }).waitFor({ state: 'attached' })
    await page.getByLabel('Service').selectOption('shop')
    await page.getByLabel('Instance').selectOption('pod-2')
    await page.getByText('2 found').waitFor()
    expect(page.url()).toContain('origin=pod-2')

    await go(page, '/versus?service=shop&a=1.0.0&b=1.1.0')
    await page.getByText('takes 43% in 1.1.0, 2% in 1.0.0').waitFor()
    await page.getByRole('img', { name: /Differential flame graph/ }).waitFor()
    expect(await page.locator('.diff-box[data-way=grew]').count()).toBeGreaterThan(0)
    expect(await page.locator('.diff-box[data-way=fell]').count()).toBeGreaterThan(0)
    await page.getByLabel('Own code only').check()
    await page.locator('.diff-box[data-way=grew]').first().waitFor()
    await go(page, '/versus?service=shop&origin=pod-2')
    await page.locator('.compare-verdict').waitFor()
    expect(troubles).toEqual([])
  })

  it('is at home in a process: the last headline first, its evidence a tap away, keys for rows and search', async () => {
    const server = await startShop({ thresholds: noRules })
    const { id } = await dump(server, ['requests', 'cpu-profile'], 'apples')
    const { page, troubles } = await browser.visit(dashboardOf(server))
    await logIn(page)
    const last = page.getByRole('region', { name: 'Last dump' })
    await last.waitFor()
    expect(await last.getByRole('link', { name: 'Requests' }).getAttribute('href')).toContain(id)
    await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
    await page.keyboard.press('j')
    await eventually('the first row has the focus', async () =>
      String(await page.evaluate('document.activeElement.getAttribute("href")')).includes(id),
    )
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await eventually('the search has the focus', async () =>
      Boolean(await page.evaluate('document.activeElement.matches("[data-search]")')),
    )
    expect(troubles).toEqual([])
  })
})
