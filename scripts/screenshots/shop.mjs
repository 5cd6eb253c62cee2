// What the pictures show: a real server that goes wrong in four ways.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './root.mjs'

export const token = 'for-screenshots'
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

export const shop = await startShop('shop-web')
const sibling = await startShop('shop-jobs')

export async function admin(path, body) {
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
export async function noCapture() {
  while ((await admin('/status')).capture) await pause(500)
}

export async function playIncidents() {
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

export function stop() {
  for (const { child } of [shop, sibling]) child.kill('SIGKILL')
  upstream.closeAllConnections()
  upstream.close()
  rmSync(dir, { recursive: true, force: true })
}
