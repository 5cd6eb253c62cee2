import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import type { NotifyStatus } from '../../model/status.js'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import type { Delivery, Outcome } from '../outbox/delivery.js'
import { type Message, startMessage } from './message.js'
import { createMessageQueue } from './message-queue.js'
import { targetOf } from './webhook-targets.js'

const message = (id: string) => startMessage(id, manifestOf(dumpId), { dir: '/d', publicUrl: null })

const webhook = (url: string): ResolvedWebhook => ({ url, format: 'json', secret: null, headers: {}, timeout: 1000 })

/** An outbox whose receivers answer what the test says, in a time that the test makes pass. */
function setUp(answer: (to: string, message: Message) => Outcome | Promise<Outcome>, urls = ['http://a/s3cret']) {
  vi.useFakeTimers({ now: 1_000_000 })
  const posted: string[] = []
  const saves: Delivery<Message>[][] = []
  const errors: string[] = []
  let status: NotifyStatus | undefined
  const outbox = createMessageQueue({
    webhooks: urls.map(webhook),
    async post({ url }, { id }) {
      posted.push(`${id} to ${new URL(url).host}`)
      return answer(url, message(id))
    },
    async save(deliveries) {
      saves.push(structuredClone(deliveries))
    },
    onStatus: next => {
      status = next
    },
    onError: (what, error) => errors.push(`${what}: ${(error as Error).message}`),
    random: () => 1,
  })
  return { outbox, posted, saves, errors, status: () => status, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

afterEach(() => void vi.useRealTimers())

describe('the queue of messages', () => {
  it('keeps a message before it is sent, and forgets it after', async () => {
    const keptAtSend: number[] = []
    const { outbox, saves, status, pass } = setUp(() => {
      keptAtSend.push(saves.at(-1)?.length ?? 0)
      return { is: 'delivered' }
    })
    outbox.send(message('m1'))
    await pass(0)
    expect(keptAtSend).toEqual([1])
    expect(saves.at(-1)).toEqual([])
    expect(status()).toEqual({ webhooks: ['a'], queued: 0, sent: 1, failed: 0, lastError: null })
  })

  it('tries again, later each time, and says so once per cause', async () => {
    let left = 3
    const { outbox, posted, status, errors, saves, pass } = setUp(() =>
      left-- > 0 ? { is: 'delayed', why: 'it answered 503' } : { is: 'delivered' },
    )
    outbox.send(message('m1'))
    await pass(999)
    expect(posted).toHaveLength(1)
    expect(saves.at(-1)).toMatchObject([{ attempts: 1, nextAt: 1_001_000 }])
    await pass(1)
    expect(posted).toHaveLength(2)
    await pass(2000 + 3999)
    expect(posted).toHaveLength(3)
    expect(status()).toMatchObject({ queued: 1, sent: 0, lastError: { webhook: 'a', message: 'it answered 503' } })
    await pass(1)
    expect(status()).toMatchObject({ queued: 0, sent: 1 })
    expect(new Set(errors)).toEqual(new Set(['notify a: it answered 503']))
  })

  it('waits as long as the receiver asks', async () => {
    let first = true
    const { outbox, posted, pass } = setUp(() => {
      const outcome: Outcome = first
        ? { is: 'delayed', why: 'it answered 429', retryAfter: 60_000 }
        : { is: 'delivered' }
      first = false
      return outcome
    })
    outbox.send(message('m1'))
    await pass(59_999)
    expect(posted).toHaveLength(1)
    await pass(1)
    expect(posted).toHaveLength(2)
  })

  it('gives up what is refused, and goes on with the next', async () => {
    const { outbox, posted, status, pass } = setUp((_, { id }) =>
      id === 'm1' ? { is: 'refused', why: 'it answered 404' } : { is: 'delivered' },
    )
    outbox.send(message('m1'))
    outbox.send(message('m2'))
    await pass(0)
    expect(posted).toEqual(['m1 to a', 'm2 to a'])
    expect(status()).toMatchObject({ queued: 0, sent: 1, failed: 1 })
  })

  it('keeps the order, and does not let one webhook wait for another', async () => {
    const { outbox, posted, pass } = setUp(
      url => (url.includes('//down') ? { is: 'delayed', why: 'x' } : { is: 'delivered' }),
      ['http://down/x', 'http://up/x'],
    )
    outbox.send(message('m1'))
    outbox.send(message('m2'))
    await pass(1500)
    expect(posted.filter(one => one.endsWith('up'))).toEqual(['m1 to up', 'm2 to up'])
    expect(posted.filter(one => one.endsWith('down'))).toEqual(['m1 to down', 'm1 to down'])
  })

  it('gives up the oldest when there are too many, and what is a day old', async () => {
    const { outbox, status, saves, pass } = setUp(() => ({ is: 'delayed', why: 'x' }))
    for (let i = 0; i < 105; i++) outbox.send(message(`m${i}`))
    await pass(0)
    expect(status()).toMatchObject({ queued: 100, failed: 5 })
    expect(saves.at(-1)?.[0]?.item.id).toBe('m5')
    await pass(24 * 3600_000 + 600_000)
    expect(status()).toMatchObject({ queued: 0, failed: 105 })
  })

  it('goes on with what was queued before, for webhooks that are still there', async () => {
    const { outbox, posted, pass } = setUp(() => ({ is: 'delivered' }))
    const target = targetOf(webhook('http://a/s3cret'))
    const queued = { queuedAt: 999_000, attempts: 1, nextAt: 0 }
    outbox.restore([
      { ...queued, target, item: message('old') },
      { ...queued, target, item: message('old') },
      { ...queued, target: targetOf(webhook('http://gone/x')), item: message('lost') },
    ])
    await pass(0)
    expect(posted).toEqual(['old to a'])
  })

  it('has nothing of the URL in what it keeps, says and shows', async () => {
    const { outbox, saves, errors, status, pass } = setUp(() => ({ is: 'delayed', why: 'it answered 500' }))
    outbox.send(message('m1'))
    await pass(0)
    expect(JSON.stringify([saves, errors, status()])).not.toContain('s3cret')
  })

  it('lets attempts in progress end when it stops, for two seconds', async () => {
    let answer: (outcome: Outcome) => void = () => {}
    const { outbox, pass } = setUp(() => new Promise<Outcome>(resolve => (answer = resolve)))
    outbox.send(message('m1'))
    await pass(0)
    const stopped = outbox.stop()
    await pass(1000)
    answer({ is: 'delivered' })
    expect(await stopped).toEqual([])
  })

  it('stops although a receiver hangs, and returns what is left', async () => {
    let cut = false
    vi.useFakeTimers()
    const outbox = createMessageQueue({
      webhooks: [webhook('http://a/x')],
      post: (_, __, signal) =>
        new Promise(resolve =>
          signal.addEventListener('abort', () => {
            cut = true
            resolve({ is: 'delayed', why: 'aborted' })
          }),
        ),
      save: async () => {},
      onStatus: () => {},
      onError: () => {},
    })
    outbox.send(message('m1'))
    await vi.advanceTimersByTimeAsync(0)
    const stopped = outbox.stop()
    await vi.advanceTimersByTimeAsync(2000)
    expect(await stopped).toMatchObject([{ attempts: 0, item: { id: 'm1' } }])
    expect(cut).toBe(true)
  })
})
