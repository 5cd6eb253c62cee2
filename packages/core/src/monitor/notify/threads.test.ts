import { describe, expect, it } from 'vitest'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { startReceiver } from '../../testing/receiver.js'
import { createWebhookLookup } from './forbidden-addresses.js'
import { type Message, startMessage } from './message.js'
import { post } from './post.js'
import { createThreads } from './threads.js'

const started = startMessage('m-1', manifestOf(dumpId), { dir: '/d', publicUrl: null })
const updated: Message = { ...started, id: 'm-2', type: 'episode.updated', first: 'm-1', headline: 'parse is to blame' }
const ended: Message = { ...started, id: 'm-3', type: 'episode.ended', first: 'm-1' }

async function setUp(format: ResolvedWebhook['format'], urlOf: (base: string) => string) {
  const receiver = await startReceiver()
  const base = new URL(receiver.url).origin
  const webhook: ResolvedWebhook = { url: urlOf(base), format, secret: null, headers: {}, timeout: 30_000 }
  const threads = createThreads()
  const { lookup } = createWebhookLookup()
  const send = (message: Message, to = webhook) =>
    post(to, message, { lookup, signal: new AbortController().signal, now: 0, threads })
  const seen = () => receiver.received.map(({ method, path, body }) => ({ method, path, body: JSON.parse(body) }))
  return { receiver, webhook, send, seen }
}

describe('Discord', () => {
  const urlOf = (base: string) => `${base}/api/webhooks/1/t0ken?thread_id=5`

  it('has its first message edited when a later dump names a surer culprit; the end is a message of its own', async () => {
    const { receiver, send, seen } = await setUp('discord', urlOf)
    receiver.answer = res => res.end('{"id":"987654321"}')
    for (const message of [started, updated, ended]) expect(await send(message)).toEqual({ is: 'delivered' })
    expect(seen().map(({ method, path }) => [method, path])).toEqual([
      ['POST', '/api/webhooks/1/t0ken?thread_id=5&wait=true'],
      ['PATCH', '/api/webhooks/1/t0ken/messages/987654321?thread_id=5'],
      ['POST', '/api/webhooks/1/t0ken?thread_id=5&wait=true'],
    ])
    expect(seen()[1]?.body.embeds[0].title).toBe('A surer culprit\\: parse is to blame')
  })

  it('gets a message of its own where the first one was removed, or is not known', async () => {
    const { receiver, send, seen } = await setUp('discord', urlOf)
    receiver.answer = (res, { method }) => (method === 'PATCH' ? res.writeHead(404).end() : res.end('{"id":"1"}'))
    await send(updated)
    await send(started)
    expect(await send(updated)).toEqual({ is: 'delivered' })
    expect(seen().map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH', 'POST'])
  })

  it('is asked for no address that an answer makes up', async () => {
    const { receiver, send, seen } = await setUp('discord', urlOf)
    receiver.answer = res => res.end('{"id":"../../evil"}')
    await send(started)
    await send(updated)
    expect(seen().map(({ method }) => method)).toEqual(['POST', 'POST'])
  })
})

describe('Slack', () => {
  it('has what follows in the thread of the first message, by the Web API', async () => {
    const { receiver, send, seen } = await setUp('slack', base => `${base}/api/chat.postMessage?channel=C1`)
    receiver.answer = res => res.end('{"ok":true,"ts":"1503435956.000247"}')
    for (const message of [started, updated, ended]) expect(await send(message)).toEqual({ is: 'delivered' })
    expect(seen().map(({ body }) => [body.channel, body.thread_ts])).toEqual([
      ['C1', undefined],
      ['C1', '1503435956.000247'],
      ['C1', '1503435956.000247'],
    ])
  })

  it.each([
    ['{"ok":false,"error":"not_in_channel"}', { is: 'refused', why: 'it answered not_in_channel' }],
    ['{"ok":false,"error":"ratelimited"}', { is: 'delayed', why: 'it answered ratelimited' }],
    ['<html>', { is: 'refused', why: 'it answered without `ok`' }],
  ])('says what the Web API refuses: %s', async (answer, outcome) => {
    const { receiver, send } = await setUp('slack', base => `${base}/api/chat.postMessage?channel=C1`)
    receiver.answer = res => res.end(answer)
    expect(await send(started)).toEqual(outcome)
  })

  it('gets messages of their own by an incoming webhook, which names none', async () => {
    const { send, seen } = await setUp('slack', base => `${base}/services/T/B/x`)
    for (const message of [started, updated]) expect(await send(message)).toEqual({ is: 'delivered' })
    expect(seen().map(({ path, body }) => [path, 'thread_ts' in body, 'channel' in body])).toEqual([
      ['/services/T/B/x', false, false],
      ['/services/T/B/x', false, false],
    ])
  })
})

it('a thread is that of one webhook', async () => {
  const { receiver, webhook, send, seen } = await setUp('discord', base => `${base}/api/webhooks/1/a`)
  receiver.answer = res => res.end('{"id":"1"}')
  await send(started)
  await send(updated, { ...webhook, url: webhook.url.replace('/a', '/b') })
  expect(seen().map(({ method }) => method)).toEqual(['POST', 'POST'])
})
