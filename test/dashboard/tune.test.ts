import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, type RunningServer } from '../support.js'
import { dashboardOf, go, hasChromium, logIn, startShop, useBrowser } from './browser.js'

const quietCpu = { enabled: true, min: 20, spike: null, watermark: 80, cooldown: 600_000 }

const watermarkOf = async (server: RunningServer) =>
  ((await (await server.admin('/thresholds')).json()) as { cpu: { watermark: number } }).cpu.watermark

const sliderOf = (page: Page) => page.getByRole('slider', { name: 'Watermark' })
const shownIn = async (page: Page) => Number(await sliderOf(page).getAttribute('aria-valuenow'))

describe.skipIf(!hasChromium)('tuning a threshold in the dashboard', () => {
  const browser = useBrowser()

  it('by keyboard, by dragging and by typing; applied, undone, and in conflict with somebody else', async () => {
    const server = await startShop({ thresholds: { ...noRules, cpu: quietCpu } })
    const { page, troubles } = await browser.visit(`${dashboardOf(server)}#/tune/cpu`)
    await logIn(page)
    const slider = sliderOf(page)
    const apply = page.getByRole('button', { name: 'Apply', exact: true })

    await slider.focus()
    await page.keyboard.press('ArrowDown')
    const byKey = await shownIn(page)
    expect(byKey).toBeLessThan(80)
    expect(await watermarkOf(server)).toBe(80) // Nothing is true before it is applied.

    const grip = await slider.boundingBox()
    if (!grip) throw new Error('the grip is not on screen')
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await page.mouse.down()
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2 + 100, { steps: 5 })
    await page.mouse.up()
    const byHand = await shownIn(page)
    expect(byHand).toBeLessThan(byKey - 10)

    await apply.click()
    await page.getByText('CPU is tuned').waitFor()
    expect(await watermarkOf(server)).toBe(byHand)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('CPU is as it was before').waitFor()
    expect(await watermarkOf(server)).toBe(80)

    await page.getByRole('spinbutton', { name: 'Watermark' }).fill('61')
    await server.admin('/thresholds', { method: 'PATCH', body: '{"cpu":{"min":33}}' })
    await apply.click()
    const conflict = page.getByRole('alert').filter({ hasText: 'somebody else changed the thresholds' })
    await conflict.getByText('33').waitFor()
    expect(await watermarkOf(server)).toBe(80)
    await conflict.getByRole('button', { name: 'Apply mine on top' }).click()
    await eventually('both changes are true', async () => (await watermarkOf(server)) === 61)
    expect(await (await server.admin('/thresholds')).json()).toMatchObject({ cpu: { min: 33, watermark: 61 } })
    expect(troubles).toEqual([])
  })

  it('shows on the history what it would have fired on', async () => {
    const server = await startShop({ thresholds: { ...noRules, inFlight: { ...quietCpu, min: 1 } } })
    for (let sent = 0; sent < 5; sent++) void fetch(`${server.base}/stock`).catch(() => {})
    await eventually('they were sampled', async () => ((await server.status()).sample?.values.inFlight ?? 0) >= 5)
    const { page, troubles } = await browser.visit(dashboardOf(server))
    await logIn(page)
    await page.getByRole('link', { name: 'Tune Requests in flight' }).click()
    const wouldHave = page.getByRole('region', { name: 'Would have fired' })
    await wouldHave.waitFor()
    expect(await wouldHave.getByRole('listitem').count()).toBe(0)
    await page.getByRole('spinbutton', { name: 'Watermark' }).fill('3')
    await wouldHave.getByRole('listitem').getByText('Watermark').waitFor()
    expect((await server.status()).metrics.inFlight?.rules.watermark.state).not.toBe('firing')
    await go(page, '/')
    await go(page, '/tune/inFlight')
    // What was not applied is still there after looking at something else.
    await wouldHave.getByRole('listitem').getByText('Watermark').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await eventually('nothing is left', async () => (await wouldHave.getByRole('listitem').count()) === 0)
    expect(troubles).toEqual([])
  })
})
