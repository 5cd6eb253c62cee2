import { expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import { fromEnvironment } from './environment.js'
import { resolveOptions } from './options.js'

const secret = ['s3', 'cret'].join('-')

function errorsOf(bucket: unknown): string[] {
  try {
    resolveOptions({ bucket } as never)
    return []
  } catch (error) {
    if (!(error instanceof AutodumpError)) throw error
    return error.errors.map(({ field, message }) => `${field} ${message}`)
  }
}

it.each([
  { url: 's3://evidence' },
  { url: 's3://evidence/prod/shop/' },
  { url: 'file:///mnt/evidence' },
  { store: { module: './store.mjs', options: { a: 1 } } },
  { url: 's3://evidence', endpoint: 'http://127.0.0.1:9000', region: 'eu-central-1', virtualHost: true },
  { url: 's3://evidence', credentials: { accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' } },
  { url: 's3://evidence', kinds: ['cpu-profile'], maxBytes: 1, flush: 0, bytesPerSecond: 1024, requestsPerHour: 10 },
  { url: 's3://evidence', serverSideEncryption: 'aws:kms', kmsKeyId: 'alias/x', storageClass: 'STANDARD_IA' },
])('%j is fine', bucket => {
  expect(errorsOf(bucket)).toEqual([])
})

it.each([
  ['s3://evidence', 'bucket must be an object with a url, got string'],
  [{}, 'bucket must have a url, s3://name/prefix or file:///path'],
  [{ url: 'https://evidence' }, 'bucket.url must be s3://name/prefix or file:///path, got https://…'],
  [{ url: 's3://a:b@evidence' }, 'bucket.url must be a URL without user name and password'],
  [{ url: 's3://ev' }, 'bucket.url must be s3://name/prefix with the name of a bucket'],
  [{ url: 's3://evidence/a b' }, 'bucket.url must be s3://name/prefix with a prefix of letters'],
  [{ url: 's3://evidence/a//b' }, 'bucket.url must be s3://name/prefix with a prefix of letters'],
  [{ url: 'file://host/a' }, 'bucket.url must be file:///path, with three slashes and a path'],
  [{ url: 's3://evidence', endpoint: 'localhost:9000' }, 'bucket.endpoint must be a URL that begins with http'],
  [{ url: 's3://evidence', flush: 60_001 }, 'bucket.flush must be <= 60000, got 60001'],
  [{ url: 's3://evidence', bytesPerSecond: 0.5 }, 'bucket.bytesPerSecond must be integer, got 0.5'],
  [{ url: 's3://evidence', requestsPerHour: 9 }, 'bucket.requestsPerHour must be >= 10, got 9'],
  [{ url: 's3://evidence', virtualHost: 'yes' }, 'bucket.virtualHost must be boolean, got "yes"'],
  [{ url: 's3://evidence', kinds: ['all'] }, 'bucket.kinds.0 must be one of cpu-profile'],
  [
    { url: 's3://evidence', storageClass: 'cold' },
    'bucket.storageClass must be capitals, digits and _, e.g. STANDARD_IA, got "cold"',
  ],
  [{ url: 's3://evidence', speed: 1 }, 'bucket.speed is not a field that exists here'],
  [{ store: { module: 1 } }, 'bucket.store.module must be string, got 1'],
  [{ store: { options: 1 } }, 'bucket.store must have the field module'],
  [{ store: { module: 'x', options: () => {} } }, 'bucket.store.options must be plain data'],
])('%j is refused in words', (bucket, message) => {
  expect(errorsOf(bucket)).toEqual([expect.stringContaining(message)])
})

it('no message shows a secret', () => {
  const bad = `${secret} \n`
  const errors = errorsOf({
    url: 's3://evidence',
    credentials: { accessKeyId: 'A', secretAccessKey: bad, more: secret },
    endpoint: [secret],
  })
  expect(errors).toHaveLength(3)
  expect(errors.join()).not.toContain(secret)
})

it('variables alone configure a bucket', () => {
  const { options, problems } = fromEnvironment({
    AUTODUMP_BUCKET: 's3://evidence/prod',
    AUTODUMP_BUCKET_ENDPOINT: 'http://127.0.0.1:9000',
    AUTODUMP_BUCKET_REGION: 'eu-central-1',
    AUTODUMP_BUCKET_ACCESS_KEY_ID: 'A',
    AUTODUMP_BUCKET_SECRET_ACCESS_KEY: secret,
    AUTODUMP_BUCKET_SESSION_TOKEN: 'T',
    AUTODUMP_BUCKET_MAX_BYTES: '1000',
  })
  expect(problems).toEqual([])
  expect(options.bucket).toEqual({
    url: 's3://evidence/prod',
    endpoint: 'http://127.0.0.1:9000',
    region: 'eu-central-1',
    credentials: { accessKeyId: 'A', secretAccessKey: secret, sessionToken: 'T' },
    maxBytes: 1000,
  })
})

it('the variable of the URL may have the whole group as JSON', () => {
  const { options } = fromEnvironment({
    AUTODUMP_BUCKET: '{"url":"s3://evidence","flush":0}',
    AUTODUMP_BUCKET_FLUSH: '7',
  })
  expect(options.bucket).toEqual({ url: 's3://evidence', flush: 7 })
})

it('a variable is read as its option is typed', () => {
  const { options, problems } = fromEnvironment({
    AUTODUMP_BUCKET: 's3://evidence',
    AUTODUMP_BUCKET_VIRTUAL_HOST: 'true',
    AUTODUMP_BUCKET_KINDS: 'cpu-profile, requests',
    AUTODUMP_BUCKET_REQUESTS_PER_HOUR: '9',
    AUTODUMP_BUCKET_STORE: '{"module":"./store.mjs"}',
  })
  expect(options.bucket).toEqual({
    url: 's3://evidence',
    virtualHost: true,
    kinds: ['cpu-profile', 'requests'],
    store: { module: './store.mjs' },
  })
  expect(problems).toEqual(['AUTODUMP_BUCKET_REQUESTS_PER_HOUR must be >= 10, got 9'])
})

it('a bucket without a URL is left out, and nothing else', () => {
  const { options, problems } = fromEnvironment({
    AUTODUMP_BUCKET_ENDPOINT: 'http://127.0.0.1:9000',
    AUTODUMP_HISTORY: '5',
  })
  expect(options).toEqual({ history: 5 })
  expect(problems).toEqual(['AUTODUMP_BUCKET_ENDPOINT: bucket must have a url, s3://name/prefix or file:///path'])
})
