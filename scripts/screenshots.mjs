// Makes docs/images/dashboard-*.png: a real server that goes wrong in four ways, and the dashboard as a browser shows it.
// It takes four minutes, most of which is an uneventful past for the charts.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { chromium } = createRequire(`${root}test/package.json`)('playwright-core')
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (!executablePath) throw new Error('no Chromium in /usr/bin')

const token = 'for-screenshots'
const dir = mkdtempSync(join(tmpdir(), 'autodump-screenshots-'))
// An upstream that takes requests and never answers.
const upstream = createServer(() => {}).listen(0, '127.0.0.1')
await once(upstream, 'listening')

async function startShop(name) {
  const child = fork(`${root}examples/fastify/server.js`, {
    execArgv: ['--max-old-space-size=384', `--title=${name}`],
    env: {
      ...process.env,
      LOG_LEVEL: 'warn',
      PORT: '0',
      AUTODUMP_DIR: dir,
      AUTODUMP_TOKEN: token,
      UPSTREAM: `http://127.0.0.1:${upstream.address().port}`,
      AUTODUMP_OPTIONS: JSON.stringify({
        interval: 500,
        labels: { service: 'shop' },
        cpuProfile: { duration: 3000 },
        thresholds: { cpu: { cooldown: 30_000 } },
      }),
    },
  })
  const [{ port }] = await once(child, 'message')
  return { child, base: `http://127.0.0.1:${port}`, page: `http://127.0.0.1:${port}/debug/autodump` }
}

const shop = await startShop('shop-web')
const sibling = await startShop('shop-jobs')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })

async function admin(path, body) {
  const response = await fetch(shop.page + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status}: ${await response.text()}`)
  return response.json()
}

/** Requests for some seconds, so many a second, not waited for. */
async function load(path, seconds, perSecond) {
  for (let sent = 0; sent < seconds * perSecond; sent++) {
    void fetch(shop.base + path, { signal: AbortSignal.timeout(15_000) }).catch(() => {})
    // Real visitors do not come at a beat.
    await pause((1000 / perSecond) * (0.5 + Math.random()))
  }
}

/** The newest dump of the rule, once there is one and it is complete. */
async function dumpOf(metric) {
  for (;;) {
    const { dumps } = await admin(`?metric=${metric}&limit=1`)
    if (dumps[0]) return dumps[0].id
    await pause(500)
  }
}

/** While something is being captured, "Dump now" shows that. */
async function noCapture() {
  while ((await admin('/status')).capture) await pause(500)
}

async function playIncidents() {
  console.log('an uneventful past …')
  await Promise.all([load('/', 110, 6), load('/burn', 110, 0.8)])
  console.log('incidents …')
  await load('/burn', 10, 16)
  const cpu = await dumpOf('cpu')
  await Promise.all([load('/', 25, 6), load('/burn', 25, 0.7)])
  await load('/stall/4711', 8, 16)
  const inFlight = await dumpOf('inFlight')
  await load('/', 20, 6)
  await load('/leak', 12, 3)
  await Promise.all([load('/', 15, 6), load('/burn', 15, 0.8)])
  await load('/burn', 8, 16)
  await Promise.all([load('/', 15, 6), load('/burn', 15, 0.8)])
  return { cpu, inFlight, later: await dumpOf('cpu') }
}

/** Opens views of the page one after the other, each when it shows the text, and takes their pictures. */
async function photographer(options) {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(shop.page)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
  // Scrollbars are not in pictures, nor should their place be.
  await page.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")
  return async (name, hash, text, prepare = () => {}) => {
    await page.evaluate(to => {
      location.hash = to
    }, hash)
    await page.getByText(text).filter({ visible: true }).first().waitFor()
    await prepare(page)
    // Charts and flame graphs are drawn a moment after the words.
    await page.locator('.loading').first().waitFor({ state: 'detached' })
    await pause(1500)
    const path = `${root}docs/images/dashboard-${name}.png`
    await page.screenshot({ path })
    console.log(`${name}: ${Math.round(statSync(path).size / 1024)} KiB`)
  }
}

try {
  const { cpu, inFlight, later } = await playIncidents()
  await admin('/trigger?wait=true', {
    capture: ['cpu-profile', 'requests'],
    duration: 2000,
    reason: 'before the release',
  })

  await noCapture()
  const desktop = await photographer({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' })
  await desktop('live', '/', 'Live')
  await desktop('tune', '/tune/cpu', 'Would have fired', page =>
    page.getByRole('spinbutton', { name: 'Watermark' }).fill('30'),
  )
  await desktop('dumps', '/dumps', 'Pinned only')
  await desktop('dump', `/dumps/${cpu}`, 'Findings')
  await desktop('flame', `/dumps/${cpu}/cpu.cpuprofile`, 'Drawn by speedscope')
  await desktop('requests', `/dumps/${inFlight}/requests.json`, 'requests.json', page =>
    page.getByRole('tab', { name: /One by one/ }).click(),
  )
  await desktop('async-stacks', `/dumps/${inFlight}/async-stacks.json`, 'async-stacks.json')
  await desktop('compare', `/compare/${cpu}/${later}`, 'Two dumps compared')
  await noCapture()
  await desktop('dump-now', '/now', 'What to capture')

  const phone = await photographer({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1.5,
    colorScheme: 'dark',
    hasTouch: true,
    isMobile: true,
  })
  await phone('phone-live', '/', 'Live')
  await phone('phone-dump', `/dumps/${cpu}`, 'Findings')
} finally {
  await browser.close()
  for (const { child } of [shop, sibling]) child.kill('SIGKILL')
  upstream.closeAllConnections()
  upstream.close()
  rmSync(dir, { recursive: true, force: true })
}
