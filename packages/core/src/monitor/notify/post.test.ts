import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import { cert, key } from '../../testing/certificate.js'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { startReceiver } from '../../testing/receiver.js'
import { createWebhookLookup } from './forbidden-addresses.js'
import { startMessage } from './message.js'
import { post } from './post.js'
import { createThreads } from './threads.js'

const message = startMessage('m-1', manifestOf(dumpId), { dir: '/d', publicUrl: null })

const webhook = (url: string, more: Partial<ResolvedWebhook> = {}): ResolvedWebhook => ({
  url,
  format: 'json',
  secret: null,
  headers: {},
  timeout: 30_000,
  ...more,
})

const send = (to: ResolvedWebhook, signal = new AbortController().signal) =>
  post(to, message, { lookup: createWebhookLookup().lookup, signal, now: 1_764_000_000_000, threads: createThreads() })

describe('one attempt', () => {
  it('posts JSON with the headers that were asked for, over a connection that it closes', async () => {
    const receiver = await startReceiver()
    const outcome = await send(webhook(receiver.url, { headers: { authorization: 'Bearer x' }, secret: 'k' }))
    expect(outcome).toEqual({ is: 'delivered' })
    const [{ path, headers, body }] = receiver.received as [(typeof receiver.received)[0]]
    expect(path).toBe('/hook/s3cret?token=s3cret')
    expect(JSON.parse(body)).toEqual(message)
    expect(headers).toMatchObject({
      authorization: 'Bearer x',
      'content-type': 'application/json; charset=utf-8',
      connection: 'close',
      'autodump-signature': expect.stringMatching(/^t=1764000000,v1=[0-9a-f]{64}$/),
    })
  })

  it('finds the receiver by its name', async () => {
    const receiver = await startReceiver()
    expect(await send(webhook(receiver.url.replace('127.0.0.1', 'localhost')))).toEqual({ is: 'delivered' })
  })

  it('puts the signature of DingTalk behind what the query has', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.end('{"errcode":0,"errmsg":"ok"}')
    expect(await send(webhook(receiver.url, { format: 'dingtalk', secret: 'k' }))).toEqual({ is: 'delivered' })
    const query = new URL(receiver.received[0]?.path ?? '', receiver.url).searchParams
    expect([...query.keys()]).toEqual(['token', 'timestamp', 'sign'])
    expect(query.get('timestamp')).toBe('1764000000000')
  })

  it.each([
    [500, {}, { is: 'delayed', why: 'it answered 500' }],
    [503, { 'retry-after': '7' }, { is: 'delayed', why: 'it answered 503', retryAfter: 7000 }],
    [429, { 'retry-after': '0.5' }, { is: 'delayed', why: 'it answered 429', retryAfter: 500 }],
    [408, {}, { is: 'delayed', why: 'it answered 408' }],
    [404, {}, { is: 'refused', why: 'it answered 404' }],
    [410, {}, { is: 'refused', why: 'it answered 410' }],
  ])('takes an answer %s for what it is', async (status, headers, outcome) => {
    const receiver = await startReceiver()
    receiver.answer = res => res.writeHead(status, headers).end()
    expect(await send(webhook(receiver.url))).toEqual(outcome)
  })

  it('does not follow a redirect', async () => {
    const [receiver, inside] = [await startReceiver(), await startReceiver()]
    receiver.answer = res => res.writeHead(307, { location: inside.url }).end()
    const why = 'it answered 307, and redirects are not followed'
    expect(await send(webhook(receiver.url))).toEqual({ is: 'refused', why })
    expect(inside.received).toEqual([])
  })

  it('gives up waiting for a receiver that hangs', async () => {
    const receiver = await startReceiver()
    receiver.answer = () => {}
    expect(await send(webhook(receiver.url, { timeout: 100 }))).toEqual({
      is: 'delayed',
      why: 'no answer within 100 ms',
    })
  })

  it('does not take half an answer for a refusal', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.writeHead(200, { 'content-length': 100 }).write('{"errcode":', () => res.destroy())
    expect(await send(webhook(receiver.url, { format: 'wecom' }))).toEqual({
      is: 'delayed',
      why: 'its answer was cut off',
    })
  })

  it('reads no more of an answer than it needs', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => {
      res.on('error', () => {})
      // Node 26 answers a write after the end at once, and for ever.
      const more = (error?: Error | null) => error || res.destroyed || res.write('x'.repeat(65_536), more)
      more()
    }
    expect(await send(webhook(receiver.url))).toEqual({ is: 'delivered' })
  })

  it('ends at once when told to', async () => {
    const receiver = await startReceiver()
    const stop = new AbortController()
    receiver.answer = () => stop.abort()
    expect((await send(webhook(receiver.url), stop.signal)).is).toBe('delayed')
  })

  it('trusts nobody whose certificate it cannot check', async () => {
    const server = createServer({ key, cert }, (_, res) => res.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    const outcome = await send(webhook(`https://127.0.0.1:${port}/s3cret`))
    expect(outcome).toMatchObject({ is: 'delayed', why: expect.stringMatching(/CERT|SIGN/) })
  })

  it('does not say the path of the URL when there is nobody', async () => {
    const receiver = await startReceiver()
    await receiver.close()
    const outcome = await send(webhook(receiver.url))
    expect(outcome).toEqual({ is: 'delayed', why: 'ECONNREFUSED' })
  })
})
