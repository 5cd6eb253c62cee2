import type { BucketStatus } from '../model/status.js'
import { createUploadQueue } from '../monitor/bucket/upload-queue.js'
import { ObjectStoreError } from '../object-store/object-store.js'

/** A store that is down. */
export const down = () =>
  new ObjectStoreError('s3.example cannot be reached: ECONNREFUSED', { kind: 'retry', code: 'ECONNREFUSED' })
/** A store that refuses the keys. */
export const refused = () =>
  new ObjectStoreError('the secret key is wrong', { kind: 'blocked', code: 'AccessDenied', status: 403 })
export const minute = 60_000

/** Lets everything happen that waits for no timer. */
export const settle = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

/** A queue with a clock that only `pass` moves. */
export function queueOf(
  dumps: string[],
  upload: (id: string) => Promise<'uploaded' | 'gone' | 'busy'>,
  isLeftover = (_id: string) => false,
) {
  let time = 1_000_000
  let timers: { at: number; work: () => void }[] = []
  const statuses: BucketStatus[] = []
  const errors: string[] = []
  const tried: string[] = []
  let recovered = 0
  const waiting = [...dumps]
  const queue = createUploadQueue({
    place: 'a bucket',
    waiting: async () => [...waiting],
    isLeftover,
    async upload(id) {
      tried.push(id)
      const outcome = await upload(id)
      if (outcome !== 'busy') waiting.splice(waiting.indexOf(id), 1)
      return outcome
    },
    onRest() {},
    onStatus: status => void statuses.push(status),
    onError: (what, error) => void errors.push(`${what}: ${(error as Error).message}`),
    onRecovered: () => void recovered++,
    now: () => time,
    wallClock: () => time,
    random: () => 1,
    after(ms, work) {
      const timer = { at: time + ms, work }
      timers.push(timer)
      return () => {
        timers = timers.filter(one => one !== timer)
      }
    },
  })
  return {
    ...{ queue, waiting, tried, errors },
    recovered: () => recovered,
    status: () => statuses.at(-1),
    /** Lets time pass, timer by timer. */
    async pass(ms: number) {
      const end = time + ms
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        timers = timers.filter(one => one !== next)
        time = Math.max(time, next.at)
        next.work()
        await settle()
      }
      time = end
    },
  }
}
