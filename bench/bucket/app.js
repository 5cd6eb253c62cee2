// An app with a monitor, for run.js: blocks its loop, or says how much memory it has and how busy its thread was.
import { createMonitor } from '@autodump/core'

const monitor = createMonitor(JSON.parse(process.env.AUTODUMP_TEST_OPTIONS))
await monitor.start()
setInterval(() => {}, 1000)
let before = performance.eventLoopUtilization()
process.on('message', message => {
  if (message === 'block') for (;;);
  if (message === 'measure') {
    const { utilization } = performance.eventLoopUtilization(before)
    process.send({ rss: process.memoryUsage().rss, utilization, bucket: monitor.status().bucket })
    before = performance.eventLoopUtilization()
  }
})
process.send({ up: true })
