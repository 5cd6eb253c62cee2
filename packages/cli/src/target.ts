import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type Ask,
  askInstance,
  askStatus,
  defaultDirectories,
  type InstanceRecord,
  listInstances,
} from '@autodump/core/control'
import { checked, type Target } from './answers.js'
import { openDirectories } from './directories.js'
import { CliError } from './errors.js'
import type { Output } from './output.js'

/** Options that every command has. */
export interface TargetOptions {
  dir?: string
  pid?: number
  url?: string
  token?: string
  tokenFile?: string
  json?: boolean
  /** Of the commands that read buckets. */
  bucket?: string
  endpoint?: string
  region?: string
  virtualHost?: boolean
}

/** The JSON of an answer. @throws CliError */
export async function askJson<T>(target: Target, path: string, init?: Ask): Promise<T> {
  return readJson<T>(await target.ask(path, init), target)
}

/** The same of an answer that is there already. */
export async function readJson<T>(response: Response, { name }: Target): Promise<T> {
  const text = await response.text().catch(error => {
    throw new CliError('unreachable', `${name} has stopped in the middle of its answer: ${(error as Error).message}`)
  })
  try {
    return JSON.parse(text) as T
  } catch {
    throw new CliError('failure', `what ${name} answers is not JSON: is the URL that of autodump?`)
  }
}

/** Milliseconds for the beginning of an answer: over the network, or while a heap snapshot comes in (`docs/cli.md`). */
const patience = 15_000

/** A monitor that runs. @throws CliError `unreachable` where there is none, or several and no `--pid` */
export async function monitorOf(options: TargetOptions): Promise<Target> {
  if (options.url !== undefined) return urlTarget(options.url, options)
  const dirs = directoriesOf(options)
  const { dir, ...instance } = pick(await instancesIn(dirs), dirs.join(', '), options.pid)
  return instanceTarget(instance, dir)
}

/** The dumps: of a directory without asking any process, so that it matters not whether one lives, or hangs. */
export async function dumpsOf(options: TargetOptions, output: Output): Promise<Target> {
  if (options.bucket !== undefined) return (await import('./bucket-target.js')).bucketTarget(options, output)
  if (options.url !== undefined || options.pid !== undefined) return monitorOf(options)
  const dirs = directoriesOf(options)
  const handler = await openDirectories(dirs, output)
  return {
    name: dirs.join(', '),
    ask: (path, { method, headers, body } = {}) =>
      checked(handler(new Request(`http://localhost/${path.replace(/^\//, '')}`, { method, headers, body }))),
  }
}

/** Who may be capturing a dump that is not in the directory yet: its process is in its id. */
export async function capturerOf(id: string, options: TargetOptions): Promise<Target | undefined> {
  if ((options.url ?? options.pid ?? options.bucket) !== undefined) return undefined
  const [, pid] = /^\d{8}T\d{9}Z-(\d+)-/.exec(id) ?? []
  const found = (await instancesIn(directoriesOf(options))).find(one => one.pid === Number(pid))
  return found && instanceTarget(found, found.dir)
}

/** The one that is named, or those of all programs of this user. */
function directoriesOf({ dir = process.env.AUTODUMP_DIR }: TargetOptions): string[] {
  return dir ? [resolve(dir)] : defaultDirectories()
}

async function instancesIn(dirs: string[]) {
  const found = dirs.map(async dir => (await listInstances(dir)).map(instance => ({ ...instance, dir })))
  return (await Promise.all(found)).flat()
}

/** `4711 server.js (service=shop)` */
function describe({ pid, title, labels }: InstanceRecord): string {
  const said = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return `${pid} ${title}${said.length > 0 ? ` (${said.join(', ')})` : ''}`
}

/** @throws CliError that lists the choices */
export function pick<One extends InstanceRecord>(instances: One[], dir: string, pid: number | undefined): One {
  const choices = [...new Map(instances.map(one => [one.pid, one])).values()]
  const found = pid === undefined ? choices : choices.filter(one => one.pid === pid)
  const [only] = found
  if (only && found.length === 1) return only
  const list = choices.map(describe).join('; ')
  if (only) throw new CliError('unreachable', `several processes write to ${dir}, choose with --pid: ${list}`)
  const others = choices.length > 0 ? `; there are: ${list}` : ' (another directory? --dir, or AUTODUMP_DIR)'
  const wanted = pid === undefined ? 'no monitored process' : `no monitored process ${pid}`
  throw new CliError('unreachable', `${wanted} writes to ${dir}${others}`)
}

function instanceTarget(instance: InstanceRecord & { id: string }, dir: string): Target {
  return {
    name: describe(instance),
    ask(path, more) {
      const init = { timeout: patience, ...more }
      return checked(path === '/status' ? askStatus(dir, instance, path, init) : askInstance(instance, path, init))
    },
  }
}

/** A URL without a path is that of the server: the admin routes are at their default place then. */
export function baseOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CliError('usage', '--url must be an http or https URL')
  const { origin, pathname, username } = new URL(url)
  if (username) throw new CliError('usage', 'no credentials in --url: give a token by AUTODUMP_TOKEN or --token-file')
  return origin + (pathname === '/' ? '/debug/autodump' : pathname.replace(/\/+$/, ''))
}

function urlTarget(url: string, options: TargetOptions): Target {
  const base = baseOf(url)
  const token = tokenOf(options)
  return {
    name: base,
    async ask(path, { method, headers, body, timeout = patience, signal } = {}) {
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(new Error(`nothing for ${timeout} ms`)), timeout)
      const answer = fetch(`${base}${path}`, {
        method,
        body,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        signal: AbortSignal.any(signal ? [signal, late.signal] : [late.signal]),
      })
        .catch(error => {
          const { message } = (error.cause ?? error) as Error & { code?: string }
          throw new CliError('unreachable', `cannot reach ${base}: ${message || error.cause?.code || error.message}`)
        })
        .finally(() => clearTimeout(timer))
      return checked(answer)
    },
  }
}

/** The one that is named, else the one of the environment. @throws CliError */
export function tokenOf({ token, tokenFile }: Pick<TargetOptions, 'token' | 'tokenFile'>): string | undefined {
  if (token !== undefined) return token
  if (tokenFile === undefined) return process.env.AUTODUMP_TOKEN || undefined
  try {
    return readFileSync(tokenFile, 'utf8').trim()
  } catch (error) {
    throw new CliError('usage', `cannot read the token file: ${(error as Error).message}`)
  }
}
