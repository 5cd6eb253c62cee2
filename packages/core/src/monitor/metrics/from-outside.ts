import { mainThread, ownThread, readThreadTimes } from './cpu-threads.js'
import { createCpuWaitReader } from './cpu-wait.js'
import type { SamplerOptions } from './sampler.js'
import { monitorThread } from './stand-still.js'
import { createHelperReader } from './v8-threads.js'

/**
 * The facts about the app that only a thread of our own sees. In the app thread the main thread may belong to somebody
 * else.
 */
export const fromOutside = (): Partial<SamplerOptions> => ({
  readMainThread: () => readThreadTimes(mainThread)?.ran ?? null,
  readHelpers: createHelperReader(),
  readOwnCpu: () => readThreadTimes(ownThread)?.ran ?? null,
  readCpuWait: createCpuWaitReader(),
  witness: monitorThread,
  readOwnWait: () => readThreadTimes(ownThread)?.waited ?? null,
})
