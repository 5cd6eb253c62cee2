import { describe, expect, it } from 'vitest'
import { dashboardOf, hasChromium, logIn, startShop, useBrowser } from '../dashboard/browser.js'
import { eventually, noRules, type RunningServer } from '../support.js'

/** A rule that fires when the shop is busy, and nothing else; also on a machine that has little time for it. */
const busy = {
  ...noRules,
  eventLoopUtilization: {
    enabled: true,
    min: 5,
    spike: null,
    watermark: 60,
    hold: 3,
    cooldown: 600_000,
    capture: ['cpu-profile' as const],
  },
}

/** Requests for carts, one after the other, until it is told to stop. */
function keepBusy(server: RunningServer): () => void {
  let isOn = true
  void (async () => {
    while (isOn) {
      await fetch(`${server.base}/cart?n=50`).catch(() => {})
    }
  })()
  return () => {
    isOn = false
  }
}

describe.skipIf(!hasChromium)('the dashboard in a browser', () => {
  const browser = useBrowser()

  for (const framework of ['fastify', 'express', 'koa'] as const)
    it(`on ${framework}: log in, watch a dump arrive, find the hot function in its flame graph`, async () => {
      const server = await startShop({ thresholds: busy, cpuProfile: { duration: 600 } }, { framework })
      const { page, troubles } = await browser.visit(dashboardOf(server))

      await logIn(page, 'not the token')
      await page.getByRole('alert').getByText('not the token').waitFor()
      await logIn(page)
      await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/debug/autodump/')
      const [cookie] = await page.context().cookies()
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/debug/autodump' })

      const stop = keepBusy(server)
      const mark = page.getByLabel('What happened').getByRole('link', { name: /Watermark at/ })
      await mark.first().waitFor()
      await mark.first().click()
      await page.getByText('priceOfCart').filter({ visible: true }).first().waitFor()
      stop()

      await page.getByRole('tab', { name: 'Artifacts' }).click()
      await page.getByRole('link', { name: 'Open cpu.cpuprofile' }).click()
      const flame = page.frameLocator('iframe[title^="Flame graph"]')
      await flame.getByText('Sandwich').click()
      await flame.getByText('priceOfCart').first().waitFor()
      await page.getByRole('tab', { name: 'Top functions' }).click()
      await page.getByRole('rowheader').getByText('priceOfCart').waitFor()
      const permalink = page.url()

      await page.getByRole('button', { name: 'Log out' }).click()
      await logIn(page)
      await page.getByRole('rowheader').getByText('priceOfCart').waitFor()
      expect(page.url()).toBe(permalink)
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByLabel('Token', { exact: true }).waitFor()
      expect(await page.context().cookies()).toEqual([])
      await eventually('the app is well', async () => (await fetch(server.base)).ok)
      expect(troubles).toEqual([])
    })
})
