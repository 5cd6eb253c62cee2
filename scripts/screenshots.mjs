// Makes pictures of the dashboard: a real server that goes wrong in four ways, as a browser shows it, each view on a
// desktop and on a phone, light and dark. They are kept in screenshots/, beside what changed since the last run; those
// that the docs show go to docs/images/dashboard-*.png. It takes some six minutes, two of them an uneventful past.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { keep } from './screenshots/album.mjs'
import { root } from './screenshots/root.mjs'
import { admin, noCapture, playIncidents, shop, stop, token } from './screenshots/shop.mjs'

const { chromium } = createRequire(`${root}test/package.json`)('playwright-core')
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (!executablePath) throw new Error('no Chromium in /usr/bin')

const desktop = { viewport: { width: 1280, height: 860 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true }
const looks = [
  { look: 'desktop-light', options: { ...desktop, colorScheme: 'light' } },
  { look: 'desktop-dark', options: { ...desktop, colorScheme: 'dark' } },
  { look: 'phone-light', options: { ...phone, colorScheme: 'light' } },
  { look: 'phone-dark', options: { ...phone, colorScheme: 'dark' } },
]

/** What the docs show, by view and look. */
const documented = {
  'desktop-light': ['live', 'tune', 'dumps', 'dump', 'flame', 'requests', 'async-stacks', 'compare', 'dump-now'],
  'phone-dark': ['live', 'dump'],
}
const nameInDocs = (view, look) =>
  documented[look]?.includes(view) ? `dashboard-${look.startsWith('phone') ? 'phone-' : ''}${view}` : undefined

const viewsOf = ({ cpu, inFlight, later }) => [
  { view: 'live', hash: '/', text: 'Live' },
  {
    view: 'tune',
    hash: '/tune/cpu',
    text: 'Would have fired',
    prepare: page => page.getByRole('spinbutton', { name: 'Watermark' }).fill('30'),
  },
  { view: 'dumps', hash: '/dumps', text: 'Pinned only' },
  { view: 'faults', hash: '/faults', text: 'Faults' },
  { view: 'dump', hash: `/dumps/${cpu}`, text: 'Findings' },
  { view: 'flame', hash: `/dumps/${cpu}/cpu.cpuprofile`, text: 'Drawn by speedscope' },
  {
    view: 'requests',
    hash: `/dumps/${inFlight}/requests.json`,
    text: 'requests.json',
    prepare: page => page.getByRole('tab', { name: /One by one/ }).click(),
  },
  { view: 'async-stacks', hash: `/dumps/${inFlight}/async-stacks.json`, text: 'async-stacks.json' },
  { view: 'compare', hash: `/compare/${cpu}/${later}`, text: 'Two dumps compared' },
  { view: 'dump-now', hash: '/now', text: 'What to capture' },
]

/** Opens the views one after the other, each when it shows its text, and takes their pictures. */
async function photograph(browser, { look, options }, views) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(shop.page)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
  // Scrollbars are not in pictures, nor should their place be.
  await page.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")
  for (const { view, hash, text, prepare = () => {} } of views) {
    await noCapture()
    await page.evaluate(to => {
      location.hash = to
    }, hash)
    await page.getByText(text).filter({ visible: true }).first().waitFor()
    await prepare(page)
    // Charts and flame graphs are drawn a moment after the words.
    await page.locator('.loading').first().waitFor({ state: 'detached' })
    await pause(1500)
    keep(`${view}-${look}`, await page.screenshot(), nameInDocs(view, look))
  }
  await context.close()
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const views = viewsOf(await playIncidents())
  await admin('/trigger?wait=true', {
    capture: ['cpu-profile', 'requests'],
    duration: 2000,
    reason: 'before the release',
  })
  for (const look of looks) await photograph(browser, look, views)
} finally {
  await browser.close()
  stop()
}
