// The tour: starts server.js in a process of its own, makes it go wrong in four ways over real HTTP, and shows what
// autodump wrote each time. `--once` ends after the tour; otherwise the server stays up until Ctrl-C. `--play` is no tour,
// but a page with buttons that break things.
import { fork, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once as happened } from 'node:events'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import autocannon from 'autocannon'

if (process.argv.includes('--play')) await playground()

const once = process.argv.includes('--once')
const dir = process.env.AUTODUMP_DIR ?? mkdtempSync(join(tmpdir(), 'autodump-demo-'))
const token = process.env.AUTODUMP_TOKEN ?? randomBytes(12).toString('hex')
// `--bucket`: the dumps go to a bucket as well, which is a directory here.
const bucket = process.argv.includes('--bucket') ? mkdtempSync(join(tmpdir(), 'autodump-bucket-')) : null
const options = {
  ...{ interval: 500, cpuProfile: { duration: 2000 } },
  ...(bucket && { labels: { service: 'demo', instance: 'demo-1' }, bucket: { url: pathToFileURL(bucket).href } }),
}

const say = (text = '') => console.log(text)
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

// An upstream that takes requests and answers none before the incident is over.
const unanswered = []
const upstream = createServer((_, res) => unanswered.push(res)).listen(0, '127.0.0.1')
await happened(upstream, 'listening')

const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), {
  // A small heap, so that a leak shows within seconds.
  execArgv: ['--max-old-space-size=384'],
  env: {
    LOG_LEVEL: 'warn',
    PORT: once ? '0' : '3000',
    ...process.env,
    AUTODUMP_DIR: dir,
    AUTODUMP_TOKEN: token,
    UPSTREAM: `http://127.0.0.1:${upstream.address().port}`,
    AUTODUMP_OPTIONS: JSON.stringify(options),
  },
})
const stopServer = () => server.kill('SIGTERM')
process.once('SIGINT', stopServer)
process.once('SIGTERM', stopServer)
server.once('exit', code => process.exit(process.exitCode ?? code ?? 0))
const { port } = await new Promise(resolve => server.once('message', resolve))
const base = `http://127.0.0.1:${port}`
const admin = `${base}/debug/autodump`
const headers = { authorization: `Bearer ${token}` }
const ask = async path => (await fetch(admin + path, { headers })).json()

/** Load that ends by itself; `rate` is requests per second. */
function load(path, seconds, { connections = 4, rate } = {}) {
  return autocannon({ url: base + path, duration: seconds, connections, overallRate: rate, timeout: 1, bailout: 1e9 })
}

/** What autodump says, as it says it: the admin side's event stream. */
async function listen(onEvent) {
  const response = await fetch(`${admin}/stream`, { headers })
  let buffer = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    buffer += chunk
    const events = buffer.split('\n\n')
    buffer = events.pop()
    for (const event of events) {
      const name = /^event: (.*)$/m.exec(event)?.[1]
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (name && data) onEvent(name, JSON.parse(data))
    }
  }
}

/** Resolves with the next dump of which `wanted` holds, or after `seconds` with none. */
const waiting = new Set()
function nextDump(wanted, seconds) {
  return new Promise(resolve => {
    const waiter = manifest => {
      if (manifest && !wanted(manifest)) return
      waiting.delete(waiter)
      clearTimeout(timer)
      resolve(manifest)
    }
    const timer = setTimeout(waiter, seconds * 1000)
    waiting.add(waiter)
  })
}

function show(manifest) {
  say(`   fired   ${manifest.trigger.metric} ${manifest.trigger.rule}: ${manifest.trigger.reason}`)
  say(`   says    ${manifest.summary.headline}`)
  for (const { file, state, bytes, error } of manifest.artifacts)
    say(`   wrote   ${join(dir, manifest.id, file)} (${state === 'complete' ? `${bytes} bytes` : error})`)
}

say(`\nOpen ${admin} in a browser, and log in with the token ${token}`)
say(`The server listens on ${base}, and its dumps go to ${dir}`)
say('It goes wrong at /burn (CPU), /block (event loop), /leak (memory) and /stall/1 (requests waiting).\n')

listen((name, data) => {
  if (name === 'dump') for (const waiter of [...waiting]) waiter(data)
}).catch(() => {}) // The server is gone, and so are we.

say('0. Normal traffic, until autodump knows what is normal')
await load('/', 6, { rate: 40 })
const { metrics } = await ask('/status')
for (const name of ['cpu', 'eventLoopDelay', 'inFlight'])
  say(`   ${name.padEnd(15)} ${metrics[name].rules.spike.reason}`)

say('\n1. CPU: /burn, four at a time')
// On a machine that is busy with other things, the event loop has no time left long before the CPU rises.
const burnt = nextDump(({ trigger }) => ['cpu', 'eventLoopUtilization'].includes(trigger.metric), 30)
await Promise.all([load('/burn', 4), burnt])
report(await burnt)

say('\n2. Requests pile up: /stall, whose upstream never answers')
const stalled = nextDump(({ trigger }) => trigger.metric === 'inFlight', 60)
const stop = new AbortController()
for (let order = 0; order < 80; order++) fetch(`${base}/stall/${order}`, { signal: stop.signal }).catch(() => {})
report(await stalled)
stop.abort()
// Else the dumps of the next incidents have these calls in them.
for (const res of unanswered) res.end('{}')
await pause(500)

say('\n3. The event loop is blocked for 6 seconds: /block')
const known = new Set(readdirSync(dir))
const blocked = fetch(`${base}/block?ms=6000`).then(() => performance.now())
const began = performance.now()
const published = await firstNewDump(known, 30)
const after = (performance.now() - began) / 1000
const unblocked = ((await blocked) - began) / 1000
say(`   on disk ${after.toFixed(1)} s after the request, while the loop was blocked until ${unblocked.toFixed(1)} s`)
report(published && (await ask(`/dumps/${published}`)))

say('\n4. Memory: /leak, until the heap is nearly full')
let leaked
nextDump(({ trigger }) => trigger.metric === 'heap', 90).then(manifest => {
  leaked = manifest ?? null
})
while (leaked === undefined) await Promise.all([pause(100), ...Array.from({ length: 8 }, () => fetch(`${base}/leak`))])
report(leaked)

const { dumps } = await ask('')
say(`\n${dumps.length} dumps, the oldest first. Each metric has rules of its own, so one fault may make several:`)
for (const { id, metric, rule, headline } of dumps.toReversed()) {
  say(`  ${id}`)
  say(`     ${headline}`)
  say(`     ${why(metric, rule)}`)
}
// The program of the command line, as it lies in this repository.
const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
say(`\nautodump show latest --dir ${dir}\n`)
say(spawnSync(process.execPath, [cli, 'show', 'latest', '--dir', dir], { encoding: 'utf8' }).stdout)
const profile = dumps
  .toReversed()
  .flatMap(({ id, artifacts }) =>
    artifacts.filter(({ kind }) => kind === 'cpu-profile').map(({ file }) => join(dir, id, file)),
  )[0]
if (profile) say(`Open ${profile} in Chrome DevTools (Performance), VS Code or https://speedscope.app`)
if (bucket) {
  const end = Date.now() + 30_000
  let uploads = (await ask('/status')).bucket
  while (uploads.pending > 0 && Date.now() < end) {
    await pause(200)
    uploads = (await ask('/status')).bucket
  }
  say(`\nIn the bucket ${bucket} (${uploads.uploaded} dumps, ${uploads.pending} on their way), the newest first:`)
  for (const key of readdirSync(join(bucket, 'v1/index/demo')).sort()) say(`  ${key}`)
}
if (once) stopServer()
else {
  say(`\nThe server stays up: ${admin}, log in with the token ${token}. Ctrl-C ends it.`)
  say(`  curl -H 'Authorization: Bearer ${token}' ${admin}/status`)
}

function report(manifest) {
  if (manifest) return show(manifest)
  say('   no dump came: this is not how it should be')
  process.exitCode = 1
}

/** The id of the first dump directory that is not known yet; read from the disk, since the server may be stuck. */
async function firstNewDump(known, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) {
    const fresh = readdirSync(dir).find(
      name => /-eventLoop|-cpu-/.test(name) && !known.has(name) && !name.startsWith('.'),
    )
    if (fresh && existsSync(join(dir, fresh, 'manifest.json'))) return fresh
  }
}

/** Resolves never: the playground ends with Ctrl-C. */
async function playground() {
  await import('./play/play.js')
  await new Promise(() => {})
}

/** Why there is a dump, in words. */
function why(metric, rule) {
  const what =
    {
      cpu: 'the CPU was busy',
      eventLoopDelay: 'the event loop came late to its work',
      eventLoopUtilization: 'the event loop had hardly a pause',
      inFlight: 'requests piled up without an answer',
      heap: 'the JavaScript heap filled',
      rss: 'the memory of the process filled',
      gc: 'the garbage collector took much of the time, as it does when the heap is nearly full',
      handles: 'sockets and timers piled up',
    }[metric] ?? `${metric} was unusual`
  const how = { spike: 'far above its usual value', watermark: 'above its fixed line', leak: 'and kept growing' }[rule]
  return `why: ${what}, ${how ?? rule}`
}
