import { createHash } from 'node:crypto'
import type { RequestSigner } from 'aws4'
import { requireFrom } from '../../lib/require-from.js'
import type { Credentials, CredentialsSource } from '../credentials/source.js'
import { ObjectStoreError } from '../object-store.js'
import { type Answer, createExchange, type Timeouts } from './exchange.js'
import { type Circumstances, refusal, unreachable } from './refusals.js'
import { textOf } from './xml.js'

export interface S3Place {
  bucket: string
  prefix: string
  endpoint: URL
  region: string
  /** `bucket.host/key` instead of `host/bucket/key`. */
  isVirtualHost: boolean
}

export interface S3Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** `null`: the bucket itself. */
  key: string | null
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Uint8Array
  /** In hex, if known. */
  sha256?: string
  stream?: boolean
  signal?: AbortSignal | undefined
}

const empty = new Uint8Array()

/**
 * Signs requests (AWS Signature Version 4, by aws4) and sends them. It corrects these errors, once each: a wrong clock,
 * an expired session, another region, another host of the same bucket.
 */
export function createClient({
  place,
  credentials,
  timeouts,
  ref,
  now = Date.now,
}: {
  place: S3Place
  credentials: CredentialsSource
  timeouts: Timeouts
  ref?: boolean | undefined
  now?: () => number
}) {
  const { bucket, prefix, isVirtualHost } = place
  let { endpoint, region } = place
  /** Milliseconds from our clock to the store's. */
  let clockOffset = 0
  let http = createExchange({ endpoint, timeouts, ref })

  const hostOf = () => (isVirtualHost ? `${bucket}.${endpoint.host}` : endpoint.host)
  const pathOf = (key: string | null) =>
    encodedPath(`${endpoint.pathname.replace(/\/$/, '')}${isVirtualHost ? '' : `/${bucket}`}/${key ?? ''}`)

  const about = (used?: Credentials): Circumstances => ({
    ...{ bucket, prefix, endpoint: endpoint.origin, region, isVirtualHost, clockOffset },
    accessKeyId: used?.accessKeyId ?? '',
    source: used?.source ?? credentials.describe,
  })

  async function once(asked: S3Request, used: Credentials): Promise<Answer> {
    const { method, key, query = {}, body, stream = false, signal } = asked
    const search = new URLSearchParams(query).toString().replaceAll('+', '%20')
    const { sign } = await loadAws4()
    const { path, headers } = sign(
      {
        ...{ service: 's3', region, method, host: hostOf(), body: undefined as never },
        path: `${pathOf(key)}${search ? `?${search}` : ''}`,
        headers: {
          ...asked.headers,
          ...(body || method === 'PUT' || method === 'POST' ? { 'content-length': String(body?.length ?? 0) } : {}),
          'x-amz-content-sha256': asked.sha256 ?? sha256(body ?? empty),
          'x-amz-date': amzDate(now() + clockOffset),
        },
      },
      used,
    )
    const signed = { method, path: path as string, headers: headers as Record<string, string>, body }
    return http.exchange(signed, { stream, signal })
  }

  /** Corrects an error if possible. Returns whether to ask again. */
  function heal(answer: Answer, used: Credentials): boolean {
    const code = textOf(answer.text, 'Code')
    const date = Date.parse(answer.headers.date ?? '')
    if (code === 'RequestTimeTooSkewed' && Number.isFinite(date)) {
      clockOffset = date - now()
      return true
    }
    if (code === 'ExpiredToken' || code === 'InvalidToken') return credentials.renew(used)
    const other = textOf(answer.text, 'Region') ?? answer.headers['x-amz-bucket-region']
    if (typeof other === 'string' && other !== region && [301, 400].includes(answer.status)) {
      region = other
      return true
    }
    return answer.status === 307 && follow(answer.headers.location)
  }

  /**
   * A new bucket has another host for a while. Follows only to another host of the same domain, and never from TLS to
   * plain HTTP.
   */
  function follow(location: string | undefined): boolean {
    const to = location && URL.canParse(location) ? new URL(location) : null
    const domain = endpoint.hostname.split('.').slice(-2).join('.')
    if (!to || to.protocol !== endpoint.protocol || !to.hostname.endsWith(domain)) return false
    const host = isVirtualHost && to.host.startsWith(`${bucket}.`) ? to.host.slice(bucket.length + 1) : to.host
    if (host === endpoint.host) return false
    endpoint = new URL(`${to.protocol}//${host}${endpoint.pathname}`)
    http.close()
    http = createExchange({ endpoint, timeouts, ref })
    return true
  }

  async function ask(asked: S3Request): Promise<Answer> {
    let used: Credentials | undefined
    try {
      for (const healed = new Set<string>(); ; ) {
        used = await credentials.get()
        const answer = await once(asked, used)
        const isError = answer.status >= 300 || (asked.method !== 'GET' && /<Error[\s>]/.test(answer.text))
        if (!isError) return answer
        // Once for each reason.
        const reason = `${answer.status} ${textOf(answer.text, 'Code')}`
        if (healed.has(reason) || !heal(answer, used)) throw refusal(answer, about(used))
        healed.add(reason)
      }
    } catch (error) {
      asked.signal?.throwIfAborted()
      throw unreachable(error, about(used))
    }
  }

  async function presign(key: string, seconds: number, name?: string): Promise<string> {
    const used = await credentials.get()
    const asFile =
      name === undefined ? '' : `&response-content-disposition=${encodedPath(`attachment; filename="${name}"`)}`
    const { sign } = await loadAws4()
    const signed = sign(
      {
        ...{ service: 's3', region, method: 'GET', host: hostOf(), signQuery: true },
        path: `${pathOf(key)}?X-Amz-Expires=${seconds}&X-Amz-Date=${amzDate(now() + clockOffset)}${asFile}`,
      },
      used,
    )
    return `${endpoint.protocol}//${hostOf()}${signed.path}`
  }

  return {
    ask,
    presign,
    urlOf: (key: string) => `${endpoint.protocol}//${hostOf()}${pathOf(key)}`,
    refusal: (message: string) => new ObjectStoreError(message, { kind: 'retry', code: 'BadAnswer' }),
    close: () => http.close(),
  }
}

export type S3Client = ReturnType<typeof createClient>

type Aws4 = { sign: (...args: ConstructorParameters<typeof RequestSigner>) => RequestSigner['request'] }

/**
 * Only processes that upload something need it. `import` reads files in libuv's thread pool, which the app may have
 * filled; `require` does not, but finds nothing in an app that is bundled into one file.
 */
async function loadAws4(): Promise<Aws4> {
  try {
    return requireFrom(import.meta.url)('aws4') as Aws4
  } catch {
    return ((await import('aws4')) as unknown as { default: Aws4 }).default
  }
}

/** The path in the form for the signature: each segment percent-encoded once, whatever it holds. */
const encodedPath = (path: string) =>
  path
    .split('/')
    .map(segment =>
      encodeURIComponent(segment).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/')

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const amzDate = (ms: number) => new Date(ms).toISOString().replace(/[:-]|\.\d{3}/g, '')
