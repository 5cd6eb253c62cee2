import { statfs } from '../lib/fs.js'
import { size } from '../lib/units.js'
import { memoryBehind } from '../store/reserve.js'
import type { Service } from './service.js'

/** Says once, in `status` and in the log, that dumps take memory of the container. */
export const memoryDisk: Service = async ({ data, report, logger }) => {
  const { dir, retention } = data.options
  // A directory that cannot be used is reported by the store.
  const memory = await statfs(dir).then(
    disk => memoryBehind(disk),
    () => null,
  )
  if (memory) {
    const most = Math.min(memory.most, retention.maxBytes)
    const text = `${dir} is memory of the container (a tmpfs): dumps take at most ${size(most)} of its ${size(memory.limit)}`
    report({ inMemory: { most, text } })
    logger.info(`autodump: ${text}`)
  }
  return { stop: async () => {} }
}
