import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, temporaryDirectory } from '../support.js'
import { dashboardOf, dump, go, hasChromium, logIn, startShop, useBrowser } from './browser.js'

describe.skipIf(!hasChromium)('dumps in the dashboard', () => {
  const browser = useBrowser()

  it('triggers one with its progress, and cancels another of which nothing is kept', async () => {
    const server = await startShop({ thresholds: noRules })
    const { page, troubles } = await browser.visit(dashboardOf(server))
    await logIn(page)
    await page.getByRole('link', { name: 'Dump now' }).click()
    const dialog = page.getByRole('dialog', { name: 'Dump now' })
    await dialog.getByText('The app keeps running').waitFor()

    await dialog.getByLabel('Seconds to profile').fill('30')
    await dialog.getByLabel('Reason').fill('to be cancelled')
    await dialog.getByRole('button', { name: 'Start' }).click()
    const bar = dialog.getByRole('progressbar')
    await eventually('it goes on', async () => Number(await bar.getAttribute('aria-valuenow')) > 0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByText('Nothing was kept').waitFor()
    await eventually('it is over', async () => !(await server.status()).capture)
    expect(await manifestsIn(server.dir)).toEqual([])

    await dialog.getByRole('button', { name: 'Back' }).click()
    await dialog.getByLabel('Seconds to profile').fill('0.3')
    await dialog.getByRole('button', { name: 'Start' }).click()
    await dialog.getByRole('link', { name: 'Open the dump' }).click()
    await page.getByRole('heading', { name: 'Trigger', exact: true }).waitFor()
    expect(await manifestsIn(server.dir)).toHaveLength(1)
    expect(troubles).toEqual([])
  })

  it('lists, searches, pins, downloads, compares and deletes them', async () => {
    const server = await startShop({ thresholds: noRules })
    const first = await dump(server, ['cpu-profile', 'requests'], 'apples')
    const second = await dump(server, ['cpu-profile', 'requests'], 'pears')
    const { page, troubles } = await browser.visit(`${dashboardOf(server)}#/dumps`)
    await logIn(page)
    const rows = page.locator('.dumps-row')
    await eventually('both are listed', async () => (await rows.count()) === 2)

    await page.getByRole('searchbox').fill('APPLES')
    await page.getByText('1 found').waitFor()
    expect(await rows.locator('a.dumps-sentence').getAttribute('href')).toContain(first.id)
    expect(page.url()).toContain('q=APPLES')
    await rows.getByRole('button', { name: 'Pinned' }).click()
    await page.getByRole('searchbox').fill('')
    await page.getByLabel('Pinned only').check()
    await page.getByText('1 found').waitFor()
    await eventually('it is pinned', async () => {
      const { dumps } = (await (await server.admin('?pinned=true')).json()) as { dumps: { id: string }[] }
      return dumps[0]?.id === first.id
    })
    await page.getByLabel('Pinned only').uncheck()
    await eventually('both are listed again', async () => (await rows.count()) === 2)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      rows.first().getByRole('link', { name: 'Download archive' }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`${second.id}.zip`)
    const archive = await readFile(await download.path())
    for (const file of ['manifest.json', 'cpu.cpuprofile', 'requests.json'])
      expect(archive.includes(`${second.id}/${file}`)).toBe(true)

    for (const row of await rows.all()) await row.getByRole('checkbox').check()
    await page.getByRole('link', { name: 'Compare', exact: true }).click()
    await page.getByRole('heading', { name: 'Two dumps compared' }).waitFor()
    expect(page.url()).toContain(`#/compare/${first.id}/${second.id}`)
    await page.locator('.compare-head + .compare-verdict').waitFor()
    await page.getByRole('region', { name: 'Dump A' }).waitFor()
    await page.getByRole('region', { name: 'Dump B' }).waitFor()

    await go(page, `/dumps/${second.id}`)
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
    await eventually('it is gone', async () => (await rows.count()) === 1)
    expect((await manifestsIn(server.dir)).map(({ id }) => id)).toEqual([first.id])
    expect(troubles).toEqual([])
  })

  it('shows every process of a host, and lets one look at another', async () => {
    const dir = temporaryDirectory()
    const options = { dir, thresholds: noRules }
    const [server, sibling] = [await startShop(options), await startShop(options)]
    const { page, troubles } = await browser.visit(dashboardOf(server))
    await logIn(page)
    await page.getByText(`pid ${server.child.pid}`).first().waitFor()
    await page.locator('.fleet-button').click()
    await page
      .locator('.fleet-row')
      .filter({ hasText: `pid ${sibling.child.pid}` })
      .click()
    await page.locator('.fleet-button').getByText(`pid ${sibling.child.pid}`).waitFor()
    await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
    expect(page.url()).toContain('instance=')

    await page.getByRole('link', { name: 'Dump now' }).click()
    await page.getByLabel('Seconds to profile').fill('0.3')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('link', { name: 'Open the dump' }).waitFor()
    expect((await manifestsIn(dir)).map(({ process }) => process.pid)).toEqual([sibling.child.pid])
    expect(troubles).toEqual([])
  })

  it('is read-only for whom authorize lets only read', async () => {
    const server = await startShop(
      { thresholds: { ...noRules, inFlight: { enabled: true, min: 1, watermark: 2 } } },
      { reader: true },
    )
    for (let sent = 0; sent < 4; sent++) void fetch(`${server.base}/stock`).catch(() => {})
    const { page, troubles } = await browser.visit(dashboardOf(server))
    await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Log out' }).count()).toBe(0)
    const dumpNow = page.getByRole('button', { name: 'Dump now' })
    expect(await dumpNow.getAttribute('title')).toMatch(/not allowed/)
    await page.getByLabel('What happened').getByRole('link').first().click()
    for (const name of ['Download all', 'Pin', 'Delete']) {
      const button = page.getByRole('button', { name, exact: true })
      expect(await button.getAttribute('aria-disabled')).toBe('true')
      expect(await button.getAttribute('title')).toMatch(/not allowed/)
    }
    await go(page, '/tune/cpu')
    await page.getByRole('spinbutton', { name: 'Watermark' }).fill('42')
    expect(await page.getByRole('button', { name: 'Apply', exact: true }).getAttribute('aria-disabled')).toBe('true')
    expect(troubles).toEqual([])
  })
})
