import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { madeUpStore } from '../../bench/fleet/made-up-store.js'
import { serve } from '../../packages/fleet/src/serve.js'
import { eventually } from '../support.js'
import { go, hasChromium, logIn, useBrowser } from './browser.js'

const token = 'of-the-fleet'
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

const elementsOf = (page: Page) => page.locator('*').count()

describe.skipIf(!hasChromium)('a bucket of 100,000 dumps of three services', () => {
  const browser = useBrowser()

  it('is looked at, searched and narrowed down in the page, which shows some of them at a time', async () => {
    const { store, taken } = madeUpStore({ services: ['shop', 'cart', 'mail'], dumps: 100_000, newest: Date.now() })
    const served = await serve({ bucket: { store, prefix: '' }, port: 0, token, logger: quiet })
    onTestFinished(() => served.close())
    const { page, troubles } = await browser.visit(served.address)
    await logIn(page, token)
    await page.getByText('CPU at 98%: work').first().waitFor()
    expect(taken()).toBeLessThan(500)

    await go(page, '/dumps')
    const rows = page.locator('.dumps-row')
    await rows.first().waitFor()
    await page.getByText('100,002').first().waitFor()
    const first = await rows.count()
    await rows.last().scrollIntoViewIfNeeded()
    await eventually('more are loaded', async () => (await rows.count()) > first)
    expect(await elementsOf(page)).toBeLessThan(20_000)

    await page.getByRole('searchbox').fill('pod-7 1.3')
    await page.getByText('375 found').waitFor()
    await page.getByText('Time, service, version, instance').click()
    await page.getByLabel('Service', { exact: true }).selectOption('cart')
    await page.getByText('125 found').waitFor()

    await go(page, '/faults')
    await page.locator('.fault-row').first().waitFor()
    expect(await elementsOf(page)).toBeLessThan(20_000)
    expect(troubles).toEqual([])
  })
})
