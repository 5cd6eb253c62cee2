// An app with a monitor, for run.js: blocks its loop, or says how much memory it has and how busy its thread was.
import { readFileSync } from 'node:fs'
import { createMonitor } from '@autodump/core'

const monitor = createMonitor(JSON.parse(process.env.AUTODUMP_TEST_OPTIONS))
await monitor.start()
setInterval(() => {}, 1000)
/** CPU time of the app thread in milliseconds; of Linux only. */
const cpu = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
process.on('message', message => {
  if (message === 'block') for (;;);
  if (message === 'dump') void monitor.trigger({ capture: ['requests'] })
  if (message === 'measure') {
    process.send({ rss: process.memoryUsage().rss, cpu: cpu(), at: performance.now(), bucket: monitor.status().bucket })
  }
})
process.send({ up: true })
