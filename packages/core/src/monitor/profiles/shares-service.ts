import { createShares } from '../../analysis/shares.js'
import { messageOf } from '../../lib/errors.js'
import { createBlock } from '../../link/block.js'
import { sharesKey } from '../../object-store/keys.js'
import { sourceOf } from '../../object-store/object-store.js'
import { abortable } from '../bucket/abortable.js'
import { openConfigured } from '../bucket/open.js'
import { readWindow } from '../recorder/flight-recorder.js'
import type { Service } from '../service.js'

/** Milliseconds between two digests, and those of one object in the bucket. */
const every = 10 * 60_000
const hour = 3_600_000

/** Milliseconds for the last digest of a monitor that stops, within the budget of the bucket. */
const farewell = 2000

const putting = 'put the shares into the bucket'

/** Puts a digest of the functions' cost into the bucket, again and again over the hour. */
export const shares: Service = async ({ data, onWindow, onError, onMended }) => {
  const { options, instance } = data
  const bucket = options.bucket as NonNullable<typeof options.bucket>
  const opened = await openConfigured(bucket)
  const [store, prefix] = [abortable(opened.store), opened.prefix]
  const block = createBlock(data.block)
  const { labels, recorder } = options
  const about = {
    service: labels.service || instance.title || 'node',
    version: labels.version ?? '',
    instance: labels.instance || instance.host,
  }
  const cwd = process.cwd()
  let current = begin()
  let isFailing = false

  function begin() {
    return { startedAt: Date.now(), begun: begunNow(), costs: createShares(), isNews: false }
  }

  function begunNow(): number {
    return block.get('requestsBegun') || 0
  }

  async function put(signal?: AbortSignal): Promise<void> {
    const { startedAt, begun, costs, isNews } = current
    if (!isNews) return
    current.isNews = false
    const now = Date.now()
    const text = costs.digest({
      ...about,
      from: new Date(startedAt).toISOString(),
      to: new Date(now).toISOString(),
      requests: Math.max(0, begunNow() - begun),
      sampleMs: recorder.sampleInterval / 1000,
    })
    const isOver = Math.floor(now / hour) !== Math.floor(startedAt / hour)
    if (isOver) current = begin()
    try {
      await store.put(sharesKey(prefix, { ...about, process: instance.id, at: startedAt }), sourceOf(text), {
        contentType: 'application/json',
        ...(signal && { signal }),
      })
      if (isFailing) onMended(putting)
      isFailing = false
    } catch (error) {
      // The next one has the whole hour again, so nothing waits. The service of the bucket tells more.
      if (!isFailing) onError(putting, new Error(messageOf(error)))
      isFailing = true
    } finally {
      store.close()
    }
  }

  onWindow(window => {
    try {
      current.costs.add(readWindow(window), cwd)
      current.isNews = true
    } catch (error) {
      onError('add up the shares', error)
    }
  })
  const timer = setInterval(() => void put(), every).unref()
  return {
    async stop() {
      clearInterval(timer)
      await put(AbortSignal.timeout(Math.min(farewell, bucket.flush)))
      // Also those of an earlier digest that is on its way.
      store.close()
    },
  }
}
