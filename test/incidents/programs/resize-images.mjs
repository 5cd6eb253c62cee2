// A worker thread that has more to do than it can.
import { isMainThread, Worker } from 'node:worker_threads'
import { registerWorker } from '@autodump/core/worker'
import { serve } from '../serve.mjs'

function resizeImage(pixels) {
  let sum = 0
  for (const until = Date.now() + 200; Date.now() < until; ) for (let at = 0; at < pixels; at++) sum += Math.sqrt(at)
  return sum
}

if (isMainThread)
  await serve({
    resize() {
      new Worker(new URL(import.meta.url), { name: 'resize' })
      return 'started'
    },
  })
else {
  registerWorker()
  setInterval(() => resizeImage(100_000), 1)
}
