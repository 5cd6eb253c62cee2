// An app to be made one file of. Our own admin routes use as much of the CPU as they can, and so does one function of the
// app; a profile is made meanwhile. Methods keep their names in every bundler. Prints whom the dump blames.
import { createServer } from 'node:http'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'

class Shop {
  /** Never gives way for a fifth of a second. */
  priceInvoices() {
    let sum = 0
    for (const end = performance.now() + 200; performance.now() < end; ) sum += Math.sqrt(sum + 1)
    return sum
  }
}

async function main() {
  const silent = { info() {}, warn() {}, error() {} }
  const rules = JSON.parse(process.env.THRESHOLDS)
  const options = { dir: process.argv[2], auth: false, interval: 100, logger: silent, thresholds: rules }
  const monitor = createMonitor(options)
  await monitor.start()
  const listener = createNodeListener(createAdminHandler(monitor, options), () => {})
  const server = createServer((req, res) => void listener(req, res)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const url = `http://127.0.0.1:${server.address().port}/debug/autodump/thresholds`
  let busy = true
  const load = (async () => {
    while (busy) await Promise.all(Array.from({ length: 16 }, () => fetch(url).then(answer => answer.text())))
  })()
  const shop = new Shop()
  const pricing = process.env.IDLE ? undefined : setInterval(() => shop.priceInvoices(), 300)
  const { state, summary } = await monitor.trigger({ capture: ['cpu-profile'], duration: 2000 })
  busy = false
  clearInterval(pricing)
  await load
  const blamed = summary.findings.filter(({ kind }) => kind === 'hot-function').map(({ data }) => data)
  const { mode } = monitor.status().thread
  console.log(JSON.stringify({ state, mode, text: summary.text, blamed }))
  server.closeAllConnections()
  server.close()
  await monitor.stop()
}
main()
