import { describe, expect, it, onTestFinished } from 'vitest'
import { sharesKey } from '../../packages/core/src/object-store/keys.js'
import { serve } from '../../packages/fleet/src/serve.js'
import { testBucket } from '../../packages/fleet/src/testing/bucket.js'
import { go, hasChromium, logIn, useBrowser } from './browser.js'

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

  it('compares who holds the memory in two versions, and in a pod and its siblings', async () => {
    const { bucket, plant } = await testBucket()
    for (const [index, version, instance, mib] of [
      [1, '1.8.2', 'pod-1', 4],
      [2, '1.9.0', 'pod-2', 312],
      [3, '1.9.1', 'pod-3', null],
    ] as const)
      plant({
        ...{ at: Date.now() - index * minute, version, instance, metric: 'heap' },
        files: mib === null ? {} : { 'holders.json': JSON.stringify(heldBy('productCache', mib)) },
      })
    const served = await serve({ bucket, port: 0, token, logger: { info() {}, warn() {}, error() {} } })
    onTestFinished(() => served.close())
    const { page, troubles } = await browser.visit(`${served.address}#/versus?service=shop&a=1.8.2&b=1.9.0`)
    await logIn(page, token)
    await page
      .getByText('productCache (Map, app/src/products.js:3) holds 312 MiB in 1.9.0, 4.0 MiB in 1.8.2.')
      .waitFor()
    await page.getByText('Neither side has a CPU profile').waitFor()
    await go(page, '#/versus?service=shop&a=1.9.0&b=1.9.1')
    await page.getByText('No holders to compare: none of the newest dumps in 1.9.1 says who holds').waitFor()
    await go(page, '#/versus?service=shop&origin=pod-2')
    await page
      .getByText('productCache (Map, app/src/products.js:3) holds 312 MiB here, 4.0 MiB in another one.')
      .waitFor()
    expect(troubles).toEqual([])
  })
})

/** What `holders.json` says of a heap with one holder. */
const heldBy = (path: string, mib: number) => ({
  ...{
    takenAt: '',
    bytes: mib * 2 ** 20,
    externalBytes: 0,
    growth: null,
    nodes: 1,
    edges: 1,
    parseMs: 1,
    analysisMs: 1,
  },
  holders: [
    {
      ...{ path, class: 'Map', entries: 10, bytes: mib * 2 ** 20, externalBytes: 0, holds: [] },
      anchor: {
        ...{ kind: 'module', functions: [] },
        place: { function: '', file: 'file:///srv/app/src/products.js', line: 3, column: 1 },
      },
    },
  ],
  classes: [{ name: 'Product', count: 1000, bytes: mib * 2 ** 19 }],
  strings: { duplicates: null, sliced: { count: 0, bytes: 0 } },
  detached: { count: 0, bytes: 0 },
})
