import type { LookupFunction } from 'node:net'
import { expect, it } from 'vitest'
import { fine, refuse, storeThat } from '../../testing/s3-replies.js'
import { movedTo } from './region.js'

it.each([
  ['https://s3.us-east-1.amazonaws.com', 'eu-west-1', 'https://s3.eu-west-1.amazonaws.com/'],
  ['https://s3.amazonaws.com', 'eu-west-1', 'https://s3.eu-west-1.amazonaws.com/'],
  ['https://s3-us-west-2.amazonaws.com', 'us-gov-west-1', 'https://s3.us-gov-west-1.amazonaws.com/'],
  ['https://s3.dualstack.eu-west-1.amazonaws.com', 'eu-north-1', 'https://s3.dualstack.eu-north-1.amazonaws.com/'],
  ['https://s3.us-east-1.amazonaws.com', 'cn-north-1', 'https://s3.cn-north-1.amazonaws.com.cn/'],
  ['https://s3-accelerate.amazonaws.com', 'eu-west-1', undefined],
  ['https://s3.us-east-1.amazonaws.com', 'evil.example/x', undefined],
  ['https://s3.us-east-1.amazonaws.com.evil.example', 'eu-west-1', undefined],
  ['http://127.0.0.1:9000', 'eu-west-1', undefined],
])('%s has a host of its own for the region %s: %s', (endpoint, region, moved) => {
  expect(movedTo(new URL(endpoint), region)?.href).toBe(moved)
})

/** Any name is this machine. */
const lookup: LookupFunction = (_name, options, callback) => {
  const here = [{ address: '127.0.0.1', family: 4 }]
  options.all ? callback(null, here) : callback(null, '127.0.0.1', 4)
}

it.each([
  [301, 'PermanentRedirect'],
  [400, 'AuthorizationHeaderMalformed'],
  [400, ''],
] as const)('a bucket of Amazon in another region is found by %i %s, and remembered', async (status, code) => {
  const inHeader = { 'x-amz-bucket-region': 'eu-west-1' }
  const { store, seen, put } = await storeThat(
    [code ? refuse(status, code, '', inHeader) : (_, res) => res.writeHead(status, inHeader).end(), fine],
    { lookup },
    's3.us-east-1.amazonaws.com',
  )
  const before = store.place
  await put()
  await put()
  expect(seen.map(({ headers }) => [headers.host?.split(':')[0], `${headers.authorization}`.split('/')[2]])).toEqual([
    ['s3.us-east-1.amazonaws.com', 'us-east-1'],
    ['s3.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['s3.eu-west-1.amazonaws.com', 'eu-west-1'],
  ])
  expect(store.urlOf('a')).toContain('//s3.eu-west-1.amazonaws.com:')
  // Marks on disk know the store by this.
  expect(store.place).toBe(before)
})

it('a bucket that sends from region to region is told of', async () => {
  const { failure, seen } = await storeThat(
    [refuse(301, 'PermanentRedirect', '<Endpoint>s3.amazonaws.com</Endpoint>', { 'x-amz-bucket-region': 'eu-west-1' })],
    { lookup },
    's3.us-east-1.amazonaws.com',
  )
  expect((await failure())?.message).toBe(
    'the bucket evidence is in region eu-west-1, `region` says eu-west-1 (PermanentRedirect, 301)',
  )
  expect(seen).toHaveLength(2)
})
