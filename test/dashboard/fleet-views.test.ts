import { describe, expect, it, onTestFinished } from 'vitest'
import { sharesKey } from '../../packages/core/src/object-store/keys.js'
import { serve } from '../../packages/fleet/src/serve.js'
import { testBucket } from '../../packages/fleet/src/testing/bucket.js'
import { hasChromium, logIn, useBrowser } from './browser.js'

const minute = 60_000
const hour = 60 * minute
const token = 'of-the-fleet'

/** Dumps of two pods, whose CPU was at 82% and 95%, and shares of two versions. */
async function startFleet() {
  const { bucket, plant, write } = await testBucket()
  const now = Date.now()
  for (const [index, top] of [82, 95].entries())
    plant({ at: now - (index + 1) * minute, instance: `pod-${index}`, cpu: [...Array(12).fill(10), top] })
  for (const [version, serialize, late] of [
    ['1.8.2', 1, 3],
    ['1.9.0', 3.1, 1],
  ] as const) {
    const at = now - late * hour
    const key = sharesKey('', { service: 'shop', version, instance: 'pod-1', process: '7-0123abcd', at })
    const [from, to] = [at, at + hour].map(time => new Date(time).toISOString())
    const functions = [
      ['handle', 'src/app.js', 3, 50_000],
      ['serialize', 'src/render.js', 88, 10_000 * serialize],
    ]
    const about = { format: 1, service: 'shop', version, instance: 'pod-1', from, to }
    write(key, JSON.stringify({ ...about, requests: 10_000, busyMs: 90_000, sampleMs: 20, functions }))
  }
  const served = await serve({ bucket, port: 0, token, logger: { info() {}, warn() {}, error() {} } })
  onTestFinished(() => served.close())
  return served.address
}

describe.skipIf(!hasChromium)('the page of a bucket', () => {
  const browser = useBrowser()

  it('says what a version costs more per request', async () => {
    const { page, troubles } = await browser.visit(await startFleet())
    await logIn(page, token)
    await page.getByRole('link', { name: 'Faults' }).first().click()
    await page.getByText('serialize (src/render.js:88) costs 3.1 times what it did in 1.8.2, per request').waitFor()
    expect(troubles).toEqual([])
  })

  it('replays other thresholds over the samples of all processes', async () => {
    const address = await startFleet()
    const { page, troubles } = await browser.visit(`${address}#/replay`)
    await logIn(page, token)
    await page.getByLabel('Spike is on').uncheck()
    await page.getByLabel('Watermark', { exact: true }).fill('90')
    await page.getByRole('button', { name: 'Replay' }).click()
    await page.getByText('1 dump with these thresholds, of 2 that rules made: 1 spared.').waitFor()
    await page.getByRole('link', { name: '95% is at or above the watermark 90%' }).waitFor()
    await page.getByRole('heading', { name: 'Spared: 1' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('compares without being told the only service', async () => {
    const address = await startFleet()
    const { page } = await browser.visit(`${address}#/versus`)
    await logIn(page, token)
    await page.getByLabel('Version A').waitFor()
    expect(await page.getByLabel('Service').inputValue()).toBe('shop')
  })
})
