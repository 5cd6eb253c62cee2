import { openBucket } from '@autodump/core/object-store'
import { expect, it, onTestFinished } from 'vitest'
import { startS3Server } from '../../core/src/testing/s3-server.js'
import { openFleet } from './index.js'

it('a store that does not answer as one is an answer in words, and works again when it does', async () => {
  const server = await startS3Server()
  const credentials = { accessKeyId: 'ABCD', secretAccessKey: 'x' }
  const bucket = await openBucket({ url: 's3://evidence', endpoint: server.endpoint, credentials })
  onTestFinished(async () => {
    bucket.store.close()
    await server.close()
  })
  const handler = openFleet(bucket)
  const ask = async () => {
    const response = await handler(new Request('http://localhost/dumps'))
    return [response.status, ((await response.json()) as { detail?: string }).detail]
  }
  server.fail(() => ({ page: '<html>Sign in</html>' }))
  expect(await ask()).toEqual([
    500,
    `the bucket cannot be used: a web page, not an object store, answered at ${server.endpoint}: Sign in (200)`,
  ])
  server.fail(() => ({ status: 403, code: 'InvalidAccessKeyId' }))
  expect(await ask()).toMatchObject([500, expect.stringContaining('the store does not know the access key ABCD…')])
  server.fail(() => null)
  expect(await ask()).toEqual([200, undefined])
})
