import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, Options, Status } from '@autodump/core'
import { builtinMetrics } from '@autodump/core/rules'
import { afterAll, onTestFinished } from 'vitest'

export const token = 't0ken'
export const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Thresholds with which nothing fires, so that what is dumped is what a test asks for. */
export const noRules: NonNullable<Options['thresholds']> = Object.fromEntries(
  Object.keys(builtinMetrics).map(metric => [metric, { enabled: false }]),
)

/** Takes what is to be done, and awaited, at the end: of a test, if nothing else is said. */
export type AtEnd = (cleanUp: () => void | Promise<void>) => void

const atEndOfTest: AtEnd = cleanUp =>
  onTestFinished(async () => {
    await cleanUp()
  })

/** The end of the tests that share something: called where they are described. */
export function endOfAll(): AtEnd {
  const cleanUps: (() => void | Promise<void>)[] = []
  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  })
  return cleanUp => void cleanUps.push(cleanUp)
}

/** An empty directory that goes away with the test. */
export function temporaryDirectory(atEnd: AtEnd = atEndOfTest): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-test-'))
  // A process that was killed may still be about to write: a worker of a cluster outlives its primary for a moment.
  atEnd(() => rm(dir, { recursive: true, force: true, maxRetries: 20 }))
  return dir
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Resolves with the first truthy answer of `ask`. The limit only turns a hang into a failure. */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  limit = 60_000,
): Promise<Exclude<NonNullable<T>, false>> {
  // More and more seldom: asking a server all the time takes as much of the machine as what is waited for.
  let wait = 5
  for (const end = Date.now() + limit; Date.now() < end; wait = Math.min(100, wait * 1.3)) {
    const answer = await ask()
    if (answer) return answer as Exclude<NonNullable<T>, false>
    await pause(wait)
  }
  throw new Error(`did not happen within ${limit} ms: ${what}${await sayServers()}`)
}

/** The servers of the tests that run, by what each of them would say of itself. */
const servers = new Map<ChildProcess, { output(): string; ask(): Promise<Status> }>()

/** What a person would look at first: the dumps that were made, and why the rules made no others. */
async function sayServers(): Promise<string> {
  const said = await Promise.all(
    [...servers.values()].map(async ({ output, ask }) => {
      const status = await ask().catch(error => `${error}`)
      if (typeof status === 'string') return `${status}\n${output().slice(-1000)}`
      const { dumps, capture, errors, metrics } = status
      const reasons = Object.entries(metrics).flatMap(([metric, { rules }]) =>
        Object.values(rules).flatMap(({ state, reason }) => (state === 'off' ? [] : `${metric} ${reason}`)),
      )
      return [JSON.stringify({ dumps, capture, errors }), ...reasons].join('\n')
    }),
  )
  return said.map(text => `\n\n${text}`).join('')
}

/** The manifests on disk, oldest first: read without the server, which may be stuck or dead. */
export async function manifestsIn(dir: string): Promise<Manifest[]> {
  const names = (await readdir(dir)).filter(name => /^\d/.test(name)).sort()
  return Promise.all(names.map(async name => JSON.parse(await readFile(join(dir, name, 'manifest.json'), 'utf8'))))
}

export interface RunningServer {
  base: string
  /** What the fixture says beside the port of its server. */
  ports: Record<string, number>
  dir: string
  child: ChildProcess
  output(): string
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  admin(path: string, init?: RequestInit): Promise<Response>
  status(): Promise<Status>
  /** Resolves when autodump has taken enough samples to know what is normal for that metric, `cpu` if none is named. */
  warm(metric?: string): Promise<void>
}

/** States of a rule that has not judged. */
const unlearned = new Set(['warming-up', 'no-reading', 'starting', 'capturing'])

/** Starts `test/fixtures/<fixture>` in a process of its own, with autodump as a user would register it. */
export async function startServer(
  options: Omit<Options, 'logger' | 'metrics' | 'auth'> = {},
  {
    fixture = 'shop.mjs',
    execPath = process.execPath,
    execArgv = [] as string[],
    env = {} as Record<string, string>,
    uid = undefined as number | undefined,
    /** File descriptor of what the server has as its standard output; else that is part of `output()`. */
    stdout = undefined as number | undefined,
    atEnd = atEndOfTest,
  } = {},
): Promise<RunningServer> {
  const dir = options.dir ?? temporaryDirectory(atEnd)
  const child = fork(fileURLToPath(new URL(`./fixtures/${fixture}`, import.meta.url)), [], {
    execPath,
    execArgv,
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['pipe', stdout ?? 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env, AUTODUMP_TEST_OPTIONS: JSON.stringify({ ...options, dir, auth: { token } }) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk))
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  atEnd(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const ports = await new Promise<Record<string, number>>((resolve, reject) => {
    child.once('message', message => resolve(message as Record<string, number>))
    child.once('exit', code => reject(new Error(`the server exited with ${code}:\n${output}`)))
  })
  const base = `http://127.0.0.1:${ports.port}`
  const admin = (path: string, init: RequestInit = {}) =>
    fetch(`${base}/debug/autodump${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      },
    })
  const status = async () => (await admin('/status')).json() as Promise<Status>
  servers.set(child, {
    output: () => output,
    ask: async () => {
      const signal = AbortSignal.timeout(5000)
      return (await admin('/status', { signal })).json() as Promise<Status>
    },
  })
  child.once('exit', () => servers.delete(child))
  // The server does not wait for the monitor, so whoever looks at its work does. Without admin routes there is nothing to ask.
  await eventually('the monitor has started', async () => {
    const answer = await admin('/status').catch(() => null)
    return !answer?.ok || ((await answer.json()) as Status).state !== 'starting'
  })
  return {
    base,
    ports,
    dir,
    child,
    output: () => output,
    exit,
    admin,
    status,
    async warm(metric = 'cpu') {
      await eventually('warm', async () => {
        const { metrics } = await status()
        // In a capture, and while the program starts, nothing is learned, and nobody says what is known already.
        const state = metrics[metric]?.rules.spike.state
        return state && !unlearned.has(state)
      })
    },
  }
}
