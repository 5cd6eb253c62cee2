import { join } from 'node:path'
import { eventually } from '../support.js'
import { freePorts, makeBucket, type RealStore, run, secretOfTests, whyNot } from './daemons.js'

export const whyNoSwift = whyNot(
  'swift-up.sh',
  ['swift-proxy-server', 'swift-account-server', 'swift-container-server', 'swift-object-server', 'memcached', 'curl'],
  'swift swift-proxy swift-account swift-container swift-object memcached',
)

/** Brings up OpenStack Swift with its S3 interface, with a bucket. Takes some 10 s. */
export async function startSwift(dir: string, bucket: string): Promise<RealStore> {
  const ports = await freePorts(5)
  const credentials = { accessKeyId: 'test:tester', secretAccessKey: secretOfTests }
  const env = { SWIFT_DIR: join(dir, 'swift'), SWIFT_PORTS: ports.join(' '), SWIFT_SECRET: secretOfTests }
  const stop = () => run('swift-up.sh', env, 'down')
  await run('swift-up.sh', env).catch(async error => {
    await stop().catch(() => {})
    throw error
  })
  const store = { endpoint: `http://127.0.0.1:${ports[0]}`, credentials, stop }
  // The proxy answers before the servers behind it do.
  await eventually(
    'Swift takes a bucket',
    () =>
      makeBucket(bucket, store).then(
        () => true,
        () => false,
      ),
    60_000,
  )
  return store
}
