import { join } from 'node:path'
import { freePorts, makeBucket, type RealStore, run, secretOfTests, whyNot } from './daemons.js'

export const whyNoRadosgw = whyNot(
  'radosgw-up.sh',
  ['radosgw', 'radosgw-admin', 'ceph-mon', 'ceph-osd', 'ceph', 'curl'],
  'radosgw ceph-mon ceph-osd ceph-base ceph-common',
)

/** Brings up Ceph's gateway in memory, with a bucket. Takes some 20 s. */
export async function startRadosgw(dir: string, bucket: string): Promise<RealStore> {
  const [port, monitorPort] = await freePorts(2)
  const credentials = { accessKeyId: 'dumpaccess', secretAccessKey: secretOfTests }
  const env = {
    ...{ RGW_DIR: join(dir, 'rgw'), RGW_PORT: `${port}`, RGW_MON_PORT: `${monitorPort}` },
    ...{ RGW_ACCESS: credentials.accessKeyId, RGW_SECRET: credentials.secretAccessKey },
  }
  const stop = () => run('radosgw-down.sh', env)
  await run('radosgw-up.sh', env).catch(async error => {
    await stop().catch(() => {})
    throw error
  })
  const store = { endpoint: `http://127.0.0.1:${port}`, credentials, stop }
  await makeBucket(bucket, store)
  return store
}
