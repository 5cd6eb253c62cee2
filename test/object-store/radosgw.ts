import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '../../packages/core/src/object-store/s3/client.js'
import { timeouts } from '../../packages/core/src/object-store/s3/exchange.js'

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** Why there can be no radosgw here; `null` where there can. */
export const whyNoRadosgw: string | null =
  process.getuid?.() !== 0
    ? 'radosgw-up.sh needs root'
    : ['radosgw', 'radosgw-admin', 'ceph-mon', 'ceph-osd', 'ceph', 'curl'].every(has)
      ? null
      : 'the packages radosgw ceph-mon ceph-osd ceph-base ceph-common are not installed'

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Run beside this process, which may have servers that have to answer meanwhile. */
function run(name: string, env: Record<string, string>): Promise<void> {
  const child = spawn('bash', [script(name)], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.on('data', chunk => (output += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // Its daemons keep the pipe.
    child.once('exit', code => {
      child.stderr.destroy()
      code === 0 ? resolve() : reject(new Error(`${name} exited with ${code}: ${output}`))
    })
  })
}

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** Brings up Ceph's gateway in memory, with a bucket. Takes some 20 s. */
export async function startRadosgw(dir: string, bucket: string) {
  const [port, monitorPort] = [await freePort(), await freePort()]
  const credentials = { accessKeyId: 'dumpaccess', secretAccessKey: ['dump', 'secret', 'dump', 'secret'].join('') }
  const env = {
    ...{ RGW_DIR: join(dir, 'rgw'), RGW_PORT: `${port}`, RGW_MON_PORT: `${monitorPort}` },
    ...{ RGW_ACCESS: credentials.accessKeyId, RGW_SECRET: credentials.secretAccessKey },
  }
  const stop = () => run('radosgw-down.sh', env)
  await run('radosgw-up.sh', env).catch(async error => {
    await stop().catch(() => {})
    throw error
  })
  const endpoint = `http://127.0.0.1:${port}`
  const client = createClient({
    place: { bucket, prefix: '', endpoint: new URL(endpoint), region: 'us-east-1', isVirtualHost: false },
    credentials: { describe: '', get: async () => ({ ...credentials, source: '' }), renew: () => false },
    timeouts,
  })
  await client.ask({ method: 'PUT', key: null })
  client.close()
  return { endpoint, credentials, stop }
}
