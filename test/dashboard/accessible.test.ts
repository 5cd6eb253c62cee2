import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { plantDump } from '../../packages/core/src/testing/dumps.js'
import { eventually, noRules, temporaryDirectory } from '../support.js'
import { dashboardOf, dump, go, hasChromium, logIn, startShop, useBrowser } from './browser.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds serious, in words. What is in frames is speedscope's. */
async function violationsIn(page: Page): Promise<string[]> {
  // Colours on their way from one to another have no contrast that counts.
  await page.evaluate(
    `Promise.allSettled(document.getAnimations()
      .filter(({ effect }) => effect.getComputedTiming().endTime < Infinity).map(({ finished }) => finished))`,
  )
  // Of what passes it says one element a rule: selectors for all of them are most of its work.
  const options = JSON.stringify({ iframes: false, resultTypes: ['violations'] })
  const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`)
  expect(passes.length).toBeGreaterThan(5) // It has looked at the view.
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 200))
          .join(' | ')}`,
    )
}

/** A dump with a long id, of whose stuck functions nothing could be read. */
function plantFrames(dir: string): string {
  const id = `${new Date().toISOString().replace(/[-:.]/g, '')}-12345678-eventLoopUtilization-watermark`
  const why = 'attaching a debugger held up the app for 271 ms, and frames.maxPause allows 250 ms in all'
  const content = JSON.stringify({ why, blockedMs: 1000, reads: [], inCall: null })
  const about = { file: 'frames.json', kind: 'frames', phase: 'during', state: 'complete', sha256: '' } as const
  plantDump(dir, id, [{ ...about, bytes: content.length, storedBytes: content.length }])
  writeFileSync(join(dir, id, 'frames.json'), content, { mode: 0o600 })
  return id
}

const widthOf = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth')

describe.skipIf(!hasChromium)('every view of the dashboard', () => {
  const browser = useBrowser()

  it('has nothing that axe finds serious and does not scroll sideways on a phone, dark and light', {
    timeout: 480_000,
  }, async () => {
    const dir = temporaryDirectory()
    const before = await startShop({ dir, thresholds: noRules })
    await before.warm()
    before.child.kill('SIGTERM')
    await before.exit
    const server = await startShop({
      dir,
      recorder: { window: 500 },
      thresholds: { ...noRules, inFlight: { enabled: true, min: 1, spike: null, watermark: 3, cooldown: 600_000 } },
    })
    // Of an app that idles there may be nothing to see in the profiles.
    let isWanted = true
    const work = async () => {
      while (isWanted)
        for (const path of ['/cart?n=20', '/remember?n=1000']) await (await fetch(server.base + path)).text()
    }
    const working = work()
    const { id: rich } = await dump(server, [
      'cpu-profile',
      'heap-profile',
      'requests',
      'async-stacks',
      'trace',
      'report',
      'async-wait',
      'holders',
    ])
    isWanted = false
    await working
    const stuck = plantFrames(dir)
    for (let sent = 0; sent < 5; sent++) void fetch(`${server.base}/stock`).catch(() => {})
    const fired = await eventually('the rule fired', async () => {
      const { dumps } = (await (await server.admin('?rule=watermark')).json()) as { dumps: { id: string }[] }
      return dumps[0]?.id
    })
    const fault = await eventually('a fault', async () => {
      const { faults } = (await (await server.admin('/faults')).json()) as { faults: { fingerprint: string }[] }
      return faults[0]?.fingerprint
    })
    const views: Record<string, string> = {
      '/': 'Live',
      '/tune/inFlight': 'Would have fired',
      '/dumps': 'Search',
      '/faults': 'Faults',
      [`/faults/${fault}`]: 'Look at',
      '/versus': 'Versions are told apart by labels',
      '/dumps?q=nothing+is+like+that': 'Nothing found',
      [`/dumps/${fired}`]: 'Findings',
      [`/dumps/${rich}?tab=artifacts`]: 'SHA-256',
      [`/dumps/${fired}?tab=samples`]: 'Samples',
      [`/dumps/${rich}?tab=manifest`]: 'manifest.json',
      [`/dumps/${rich}/cpu.cpuprofile`]: 'Drawn by speedscope',
      [`/dumps/${rich}/cpu.cpuprofile?view=top`]: 'in all',
      [`/dumps/${rich}/heap.heapprofile?view=top`]: 'in all',
      [`/dumps/${rich}/requests.json`]: 'requests.json',
      [`/dumps/${rich}/async-stacks.json`]: 'async-stacks.json',
      [`/dumps/${rich}/trace.json`]: 'Perfetto',
      [`/dumps/${rich}/report.json`]: 'report.json',
      [`/dumps/${rich}/holders.json`]: 'Names in round brackets',
      [`/dumps/${stuck}/frames.json`]: 'Attaching a debugger held up the app',
      '/replay': 'Try thresholds',
      [`/compare/${rich}/${fired}`]: 'Two dumps compared',
      '/now': 'What to capture',
      '/nowhere/at/all/there': 'There is nothing',
    }
    const found: Record<string, string[]> = {}
    const looks = [
      { colorScheme: 'dark', width: 360 },
      { colorScheme: 'light', width: 1280 },
    ] as const
    const lookAtAll = async ({ colorScheme, width }: (typeof looks)[number]) => {
      const { page, troubles } = await browser.visit(dashboardOf(server), {
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width, height: 800 },
      })
      await page.evaluate(axe)
      const check = async (view: string) => {
        const where = `${view} ${colorScheme} ${width}`
        const violations = await violationsIn(page)
        const wide = await widthOf(page)
        if (wide > width) violations.push(`scrolls sideways: ${wide}`)
        if (violations.length > 0) found[where] = violations
      }
      await page.getByLabel('Token', { exact: true }).waitFor()
      await check('login')
      await logIn(page)
      await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
      for (const [view, text] of Object.entries(views)) {
        await go(page, view)
        await page.getByText(text).filter({ visible: true }).or(page.getByPlaceholder(text)).first().waitFor()
        await eventually('all is loaded', async () => (await page.locator('.loading').count()) === 0)
        await check(view)
      }
      await go(page, '/dumps')
      await page.getByText('How the last runs ended').click()
      await page.getByText('nothing was wrong;').first().waitFor()
      await check('runs')
      await go(page, '/')
      await page.locator('.fleet-button').click()
      await page.locator('.fleet-row').first().waitFor()
      await check('fleet')
      if (troubles.length > 0) found[`troubles ${colorScheme} ${width}`] = troubles
    }
    await Promise.all(looks.map(lookAtAll))
    expect(found).toEqual({})
  })

  it('draws charts in their colours where motion is reduced', async () => {
    const server = await startShop({ thresholds: { ...noRules, cpu: { enabled: true, watermark: 20, spike: null } } })
    await server.warm()
    const { page, troubles } = await browser.visit(dashboardOf(server), { reducedMotion: 'reduce' })
    await logIn(page)
    const canvas = page.locator('.live-card canvas').first()
    await canvas.waitFor()
    const colours = () => canvas.evaluate(opaqueColours)
    await eventually('line, grid and words differ', async () => (await colours()) >= 3)
    expect(troubles).toEqual([])
  })
})

/** How many colours there are in a canvas, but for edges of lines and letters, which are half transparent. */
function opaqueColours(canvas: { width: number; height: number; getContext(kind: '2d'): unknown }): number {
  type Context = { getImageData(...box: number[]): { data: Uint8ClampedArray } }
  const { data } = (canvas.getContext('2d') as Context).getImageData(0, 0, canvas.width, canvas.height)
  const counts = new Map<string, number>()
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] !== 255) continue
    // Where lines cross, one and the same colour comes out a little different.
    const colour = data
      .slice(at, at + 3)
      .map(part => part >> 5)
      .join()
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts.values()].filter(count => count >= 20).length
}
