// An app that serializes at a fixed pace, with one of the profilers, for run.js.
import { readFileSync } from 'node:fs'

const { mode, url, every, dir, bucket } = JSON.parse(process.env.BENCH)

const rows = Array.from({ length: 400 }, (_, index) => ({
  index,
  text: `row ${index}`,
  tags: ['a', 'b', String(index)],
}))
const serialize = list => JSON.stringify(list.map(row => ({ ...row, at: row.index * 7 })))
const parse = text => JSON.parse(text).filter(({ index }) => index % 3 === 0)
/** The same work in every mode, some 3% of a core: two processes with the same work differ by a fifth of it. */
function work() {
  for (let count = 0; count < 8; count++) parse(serialize(rows))
}

let stop = async () => {}
if (mode.startsWith('autodump')) {
  const { createMonitor } = await import('@autodump/core')
  const push = mode === 'autodump+push'
  const monitor = createMonitor({
    dir,
    labels: { service: 'bench', version: '1', instance: 'one' },
    logger: { info() {}, warn() {}, error: console.error },
    ...(push && { bucket: { url: bucket }, profiles: { push: [{ to: 'pyroscope', url, every }] } }),
  })
  await monitor.start()
  stop = () => monitor.stop()
}
if (mode === '@pyroscope/nodejs') {
  const { default: pyroscope } = await import('@pyroscope/nodejs')
  pyroscope.init({ serverAddress: url, appName: 'bench', flushIntervalMs: every, wall: { collectCpuTime: true } })
  pyroscope.start()
  stop = () => pyroscope.stop()
}
setInterval(work, 100)

process.on('message', async message => {
  if (message === 'measure') {
    const { user, system } = process.cpuUsage()
    const pss = /^Pss:\s+(\d+)/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1]
    process.send({ cpu: (user + system) / 1000, at: performance.now(), memory: Number(pss) / 1024 })
  }
  if (message === 'stop') {
    await stop()
    process.exit(0)
  }
})
process.send('up')
