/**
 * What a bucket costs and how soon evidence is in it. Against a directory, or any S3-compatible store.
 *
 *   npm run -s setup && node bench/bucket/run.js [--mib 1024] [--runs 3] [--parts soon,large,rest]
 *     [--bucket s3://evidence/bench --endpoint http://127.0.0.1:7480]   credentials: AUTODUMP_BUCKET_* or AWS_*
 *
 * 1. From the beginning of an endless loop to the first manifest in the bucket, and to the complete dump.
 * 2. While a dump of `--mib` MiB goes out: growth of the process, and time of the app thread beside that of an idle one.
 * 3. At rest: memory of the process with a bucket, beside that without.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { openBucket } from '@autodump/core/object-store'

const { values: given } = parseArgs({
  options: {
    mib: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '3' },
    bucket: { type: 'string' },
    endpoint: { type: 'string' },
    parts: { type: 'string', default: 'soon,large,rest' },
  },
})
const runs = Number(given.runs)
const root = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
/** A child in an endless loop hears nothing of its parent's end. */
const children = new Set()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
const url = given.bucket ?? pathToFileURL(join(root, 'bucket')).href
const { AUTODUMP_BUCKET_ACCESS_KEY_ID: accessKeyId, AUTODUMP_BUCKET_SECRET_ACCESS_KEY: secretAccessKey } = process.env
const bucket = {
  url,
  ...(given.endpoint ? { endpoint: given.endpoint } : {}),
  ...(accessKeyId ? { credentials: { accessKeyId, secretAccessKey } } : {}),
}
const { store, prefix } = await openBucket(bucket)
const app = fileURLToPath(new URL('app.js', import.meta.url))
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
const mib = bytes => (bytes / 1024 ** 2).toFixed(1)
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
let made = 0

async function start(more) {
  const dir = more.dir ?? join(root, `dumps-${made}`)
  const labels = { service: `bench-${process.pid}-${made++}`, instance: 'one' }
  const options = { dir, labels, retention: { minFreeBytes: 0, maxBytes: 1e12, maxAge: 1e12 }, ...more }
  const child = fork(app, [], {
    env: { ...process.env, AUTODUMP_TEST_OPTIONS: JSON.stringify(options) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.add(child)
  await once(child, 'message')
  return {
    child,
    labels,
    async measure() {
      child.send('measure')
      return (await once(child, 'message'))[0]
    },
    async end() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** States of the dumps that the index lists. */
async function statesOf({ service }) {
  const { objects } = await store.list({ prefix: `${[prefix, 'v1/index', service].filter(Boolean).join('/')}/` })
  return Promise.all(
    objects.map(async ({ key }) => {
      let text = ''
      for await (const chunk of await store.get(key)) text += chunk
      return JSON.parse(text).state
    }),
  )
}

async function soon() {
  const first = []
  const complete = []
  for (let run = 0; run < runs; run++) {
    const { child, labels, end } = await start({ bucket })
    await pause(5000)
    const began = performance.now()
    child.send('block')
    for (let states = []; !states.some(state => state === 'complete'); await pause(50)) {
      states = await statesOf(labels)
      if (states.length > 0) first[run] ??= (performance.now() - began) / 1000
      if (performance.now() - began > 60_000) throw new Error(`no complete dump in ${url} within a minute`)
    }
    complete[run] = (performance.now() - began) / 1000
    await end()
  }
  console.log(
    `endless loop to first manifest: median ${median(first).toFixed(1)} s (worst ${Math.max(...first).toFixed(1)} s of ${runs})`,
  )
  console.log(
    `endless loop to complete dump:  median ${median(complete).toFixed(1)} s (worst ${Math.max(...complete).toFixed(1)} s)`,
  )
}

/** A dump as another process would have left it. */
function plant(dir, bytes) {
  const id = '20261129T013512123Z-7-cpu-spike'
  mkdirSync(join(dir, id), { recursive: true, mode: 0o700 })
  const file = openSync(join(dir, id, 'large.bin'), 'w', 0o600)
  const piece = Buffer.alloc(1024 ** 2, 'x')
  for (let at = 0; at < bytes; at += piece.length) writeSync(file, piece)
  closeSync(file)
  const trigger = {
    metric: 'cpu',
    rule: 'spike',
    value: 1,
    mean: 1,
    threshold: 1,
    unit: 'percent',
    history: [],
    reason: 'bench',
  }
  const manifest = {
    ...{ id, createdAt: '2026-11-29T01:35:12.123Z', state: 'complete', trigger },
    process: { pid: 7, host: 'bench', node: '', v8: '', uptime: 1, labels: {}, limits: {} },
    samples: [],
    artifacts: [
      { file: 'large.bin', kind: 'trace', phase: 'during', bytes, sha256: '', storedBytes: bytes, state: 'complete' },
    ],
    summary: { text: 'bench', findings: [] },
  }
  writeFileSync(join(dir, id, 'manifest.json'), JSON.stringify(manifest), { mode: 0o600 })
}

const shareOf = seen => ((seen.at(-1).cpu - seen[0].cpu) / (seen.at(-1).at - seen[0].at)) * 100

async function large() {
  const dir = join(root, 'large')
  const idle = await start({ bucket })
  await pause(5000)
  const calm = [await idle.measure()]
  for (let count = 0; count < 40; count++) {
    await pause(250)
    calm.push(await idle.measure())
  }
  await idle.end()
  const busy = await start({ dir, bucket })
  await pause(5000)
  plant(dir, Number(given.mib) * 1024 ** 2)
  // Makes the monitor look for what waits.
  busy.child.send('dump')
  const began = performance.now()
  const seen = []
  for (let uploaded = 0; uploaded < 2; await pause(250)) {
    seen.push(await busy.measure())
    uploaded = seen.at(-1).bucket?.uploaded ?? 0
  }
  const seconds = (performance.now() - began) / 1000
  await busy.end()
  const peak = Math.max(...seen.map(({ rss }) => rss))
  const rest = median(calm.map(({ rss }) => rss))
  // Both are asked four times a second. The first second has the dump that was asked for.
  const [during, otherwise] = [shareOf(seen.slice(4)), shareOf(calm)]
  console.log(
    `${given.mib} MiB in ${seconds.toFixed(1)} s: process ${mib(peak)} MiB at most, +${mib(peak - rest)} MiB over one at rest`,
  )
  console.log(`app thread meanwhile ${during.toFixed(2)}% of a core, at rest ${otherwise.toFixed(2)}%`)
}

async function atRest() {
  const sizes = { without: [], with: [] }
  for (let run = 0; run < runs; run++) {
    for (const [name, more] of [
      ['without', {}],
      ['with', { bucket }],
    ]) {
      const one = await start(more)
      await pause(15_000)
      sizes[name].push((await one.measure()).rss)
      await one.end()
    }
  }
  const [without, having] = [median(sizes.without), median(sizes.with)]
  console.log(
    `at rest: ${mib(without)} MiB without a bucket, ${mib(having)} MiB with one (+${mib(having - without)} MiB, medians of ${runs})`,
  )
}

console.log(`Node ${process.version}, ${store.place}`)
const parts = given.parts.split(',')
if (parts.includes('soon')) await soon()
if (parts.includes('large')) await large()
if (parts.includes('rest')) await atRest()
store.close()
