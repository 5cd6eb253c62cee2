import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createClient } from '../../packages/core/src/object-store/s3/client.js'
import { timeouts } from '../../packages/core/src/object-store/s3/exchange.js'

export interface RealStore {
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  stop(): Promise<void>
}

/** Why a store cannot be had here; `null` where it can. */
export function whyNot(script: string, programs: string[], packages: string): string | null {
  if (process.getuid?.() !== 0) return `${script} needs root`
  const path = `${process.env.PATH}:/usr/sbin`
  const has = (program: string) =>
    spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: path } }).status === 0
  return programs.every(has) ? null : `the packages ${packages} are not installed`
}

/** Run beside this process, which may have servers that have to answer meanwhile. */
export function run(name: string, env: Record<string, string>, ...args: string[]): Promise<void> {
  const script = fileURLToPath(new URL(name, import.meta.url))
  const child = spawn('bash', [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
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

/** Ports that were free together. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      server =>
        new Promise<number>(resolve =>
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
        ),
    ),
  )
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

export async function makeBucket(bucket: string, { endpoint, credentials }: Omit<RealStore, 'stop'>): Promise<void> {
  const client = createClient({
    place: { bucket, prefix: '', endpoint: new URL(endpoint), region: 'us-east-1', isVirtualHost: false },
    credentials: { describe: '', get: async () => ({ ...credentials, source: '' }), renew: () => false },
    timeouts,
  })
  await client.ask({ method: 'PUT', key: null })
  client.close()
}

export const secretOfTests = ['dump', 'secret', 'dump', 'secret'].join('')
