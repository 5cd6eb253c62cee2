import type { WorkerOptions } from 'node:worker_threads'

/** Options of a thread of ours that the app does not notice. */
export function quietWorker(): WorkerOptions {
  const { NODE_OPTIONS, NODE_V8_COVERAGE, ...env } = process.env
  return {
    // The app's loaders, preloads and coverage are none of this thread's business.
    execArgv: [],
    env,
    // Without these Node opens the streams of the app for the thread and makes their descriptors non-blocking: the app then
    // gets EAGAIN from `writeSync`. The thread itself writes nothing there.
    stdout: true,
    stderr: true,
    // While the thread loads its code V8 would make that 8 MiB or more, and never give them back.
    resourceLimits: { maxYoungGenerationSizeMb: 3 },
  }
}
