// An app with as many scripts as told, whose event loop is blocked in a loop or in a regular expression.
import { Script } from 'node:vm'
import { createMonitor } from '@autodump/core'
import { builtinMetrics } from '@autodump/core/rules'

const [dir, kind, scripts] = process.argv.slice(2)
const body = 'var b = a + 1; if (b) { b = b * 2 }\n'.repeat(250)
globalThis.kept = Array.from({ length: Number(scripts) }, (_, index) =>
  new Script(`(function module${index}(a) { ${body} })`, { filename: `/srv/module${index}.js` }).runInThisContext(),
)
const thresholds = Object.fromEntries(Object.keys(builtinMetrics).map(metric => [metric, { enabled: false }]))
const monitor = createMonitor({
  dir,
  auth: false,
  interval: 100,
  thresholds,
  frames: { maxPause: 60_000 },
  logger: { info() {}, warn() {}, error() {} },
})
await monitor.start()

function matchHeader(rows, wanted) {
  let hits = 0
  while (hits >= 0) for (const row of rows) if (row === wanted) hits++
  return hits
}

function checkName(name) {
  return /^(a+)+$/.test(name)
}

setTimeout(() => {
  process.send('blocked')
  if (kind === 'loop')
    matchHeader(
      Array.from({ length: 1_204_551 }, (_, index) => index),
      -1,
    )
  else checkName(`${'a'.repeat(48)}!`)
}, 1000)
