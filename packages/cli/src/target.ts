import { readFileSync } from 'node:fs'
import type { Status } from '@autodump/core'
import { askInstance, askStatus } from '@autodump/core/control'
import { askJson, checked, type Target } from './answers.js'
import { openDirectories } from './directories.js'
import { newest, onlyId } from './dump-ids.js'
import { CliError } from './errors.js'
import type { Output } from './output.js'
import { describe, directoriesOf, monitorsOf, pick, type Running } from './processes.js'

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

/** Milliseconds for the beginning of an answer: over the network, or while a heap snapshot comes in (`docs/cli.md`). */
const patience = 15_000

/** A monitor that runs. @throws CliError `unreachable` where there is none, or several and no `--pid` */
export async function monitorOf(options: TargetOptions): Promise<Target> {
  if (options.url !== undefined) return urlTarget(options.url, options)
  return instanceTarget(pick(await monitorsOf(options), options))
}

/** The dumps: of a directory without asking any process, so that it matters not whether one lives, or hangs. */
export async function dumpsOf(options: TargetOptions, output: Output): Promise<Target> {
  if (options.bucket !== undefined) return (await import('./bucket-target.js')).bucketTarget(options, output)
  if (options.url !== undefined || options.pid !== undefined) return monitorOf(options)
  const dirs = await directoriesOf(options)
  const handler = await openDirectories(dirs, output)
  return {
    name: dirs.join(', '),
    ask: (path, { method, headers, body } = {}) =>
      checked(handler(new Request(`http://localhost/${path.replace(/^\//, '')}`, { method, headers, body }))),
  }
}

/** Milliseconds for one of several processes to name its captures: one that hangs must not hold up the others. */
const shortPatience = 2000

/** The dump that is meant and not in the directory yet, since its process is capturing it. */
export async function capturedNow(
  text: string,
  options: TargetOptions,
): Promise<{ id: string; target: Target } | undefined> {
  if (options.bucket !== undefined) return undefined
  const isOne = (options.url ?? options.pid) !== undefined
  const targets = isOne ? [await monitorOf(options)] : (await monitorsOf(options)).map(instanceTarget)
  const asked = targets.map(async target => {
    const status = await askJson<Status>(target, '/status', { timeout: shortPatience }).catch(error => {
      if (isOne) throw error
    })
    return status?.capture ? [{ id: status.capture.id, target }] : []
  })
  const captures = (await Promise.all(asked)).flat()
  const ids = captures.map(({ id }) => id)
  const id = text === newest ? ids.toSorted().at(-1) : onlyId(text, ids)
  return captures.find(one => one.id === id)
}

function instanceTarget(instance: Running): Target {
  return {
    name: describe(instance),
    ask(path, more) {
      const init = { timeout: patience, ...more }
      return checked(
        path === '/status' ? askStatus(instance.dir, instance, path, init) : askInstance(instance, path, init),
      )
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
  let read: string
  try {
    read = readFileSync(tokenFile, 'utf8').trim()
  } catch (error) {
    throw new CliError('usage', `cannot read the token file: ${(error as Error).message}`)
  }
  if (read === '') throw new CliError('usage', `there is no token in ${tokenFile}`)
  return read
}
