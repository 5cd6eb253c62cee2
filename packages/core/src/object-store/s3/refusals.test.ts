import { expect, it } from 'vitest'
import { refuse, storeThat } from '../../testing/s3-replies.js'

it.each([
  [503, 'SlowDown', 'retry'],
  [500, 'InternalError', 'retry'],
  [400, 'RequestTimeout', 'retry'],
  [403, 'AccessDenied', 'blocked'],
  [404, 'NoSuchBucket', 'blocked'],
  [501, 'NotImplemented', 'blocked'],
] as const)('%i %s is to be met by: %s', async (status, code, kind) => {
  const { failure } = await storeThat([refuse(status, code)])
  expect((await failure())?.kind).toBe(kind)
})

it.each([
  [503, 'SlowDown', 'asks for fewer requests (SlowDown, 503)'],
  [500, 'InternalError', 'has a failure of its own (InternalError, 500)'],
  [404, 'NoSuchBucket', 'autodump does not make buckets (NoSuchBucket, 404)'],
  [403, 'AccessDenied', 'access key ABCD… may not do this under evidence/p'],
  [403, 'RequestTimeTooSkewed', 'the clock of this machine is minutes off the clock of the store'],
])('%i %s is said in words', async (status, code, words) => {
  const { failure } = await storeThat([refuse(status, code, '', { date: 'none' })])
  expect((await failure())?.message).toContain(words)
})

it.each([429, 503])('%i without a text is said in words', async status => {
  const { failure, endpoint } = await storeThat([(_, res) => res.writeHead(status, { 'retry-after': '7' }).end()])
  const words = status === 429 ? 'asks for fewer requests' : 'has a failure of its own'
  expect(await failure()).toMatchObject({
    ...{ kind: 'retry', retryAfter: 7000 },
    message: `the store at ${endpoint.origin} ${words} (${status})`,
  })
})
