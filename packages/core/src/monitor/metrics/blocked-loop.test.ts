// @module-tag full
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monotonic } from '../../lib/clock/monotonic.js'
import { readLimits } from '../../lib/limits.js'
import { createBlock } from '../../link/block.js'
import { createSampler } from './sampler.js'

// The thread that gets stuck is a real one and runs the built package; this thread watches it.
const built = (path: string) => JSON.stringify(new URL(`../../../dist/${path}`, import.meta.url).href)

const stuckThread = `
  import { parentPort, workerData } from 'node:worker_threads'
  import { monotonic } from ${built('lib/clock/monotonic.js')}
  import { createBlock } from ${built('link/block.js')}
  import { createPublisher } from ${built('app/metrics/publisher.js')}
  createPublisher({
    block: createBlock(workerData.buffer),
    interval: workerData.interval,
    customMetrics: {},
    inFlight: { scan: () => 4, begun: () => 0, found: () => ({ streams: 0, longPolls: 0, hanging: 0, longestWait: 0 }), beat() {} },
    onError: (what, error) => { throw error },
  }).start()
  parentPort.on('message', ms => {
    parentPort.postMessage('stuck')
    for (const end = monotonic() + ms; monotonic() < end;);
    parentPort.postMessage('free')
  })
  parentPort.postMessage('ready')
`

const interval = 200

const block = createBlock({ customCount: 0 })

let worker: Worker

beforeAll(async () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(stuckThread)}`)
  worker = new Worker(url, { workerData: { buffer: block.buffer, interval } })
  await once(worker, 'message')
})

afterAll(() => worker.terminate())

it('a synchronous block is seen from another thread while it lasts, and is over when it is over', async () => {
  const sampler = createSampler({ block, limits: readLimits(), customMetrics: [], interval })
  const tick = () => new Promise(resolve => setTimeout(resolve, interval))
  sampler.sample()
  await tick()
  await tick()
  const before = sampler.sample()
  expect(before.blockedFor).toBeUndefined()
  expect(before.values.eventLoopUtilization).toBeLessThan(60)
  expect(before.values.inFlight).toBe(4)

  let free = false
  worker.on('message', message => {
    free = message === 'free'
  })
  worker.postMessage(1500)
  const began = monotonic()
  await once(worker, 'message')
  const during = []
  while (monotonic() - began < 1200) {
    await tick()
    const { values, blockedFor = 0 } = sampler.sample()
    during.push({
      delay: values.eventLoopDelay ?? 0,
      utilization: values.eventLoopUtilization,
      cpu: values.cpu,
      blockedFor,
    })
  }
  expect(free).toBe(false)

  const last = during.at(-1)
  expect(last?.blockedFor).toBeGreaterThan(900)
  expect(last?.delay).toBeGreaterThan(900)
  expect(last?.utilization).toBe(100)
  expect(last?.cpu).toBeGreaterThan(0)
  for (let i = 1; i < during.length; i++) expect(during[i]?.delay).toBeGreaterThan(during[i - 1]?.delay ?? Infinity)

  while (!free) await once(worker, 'message')
  await tick()
  const ended = sampler.sample()
  expect(ended.values.eventLoopDelay).toBeGreaterThan(1300)
  expect(ended.blockedFor).toBeUndefined()
  await tick()
  await tick()
  const after = sampler.sample()
  expect(after.values.eventLoopDelay).toBeLessThan(500)
  expect(after.values.eventLoopUtilization).toBeLessThan(60)
})
