import { createHash } from 'node:crypto'
import type { LookupFunction } from 'node:net'
import type { Credentials, CredentialsSource } from '../credentials/source.js'
import { ObjectStoreError } from '../object-store.js'
import { type Answer, createExchange, type Timeouts } from './exchange.js'
import { checkGenuine, type Proof } from './genuine.js'
import { type Circumstances, refusal } from './refusals.js'
import { movedTo } from './region.js'
import { loadAws4 } from './signer.js'
import { unreachable } from './unreachable.js'
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
  /** Without it any success but a web page counts. */
  proof?: Proof
  signal?: AbortSignal | undefined
}

const empty = new Uint8Array()

/** The store refuses the keys as such, not their rights. */
const refusedKeys = new Set([
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
])

export interface ClientParts {
  place: S3Place
  credentials: CredentialsSource
  timeouts: Timeouts
  /** Awaited before each request to the store. */
  beforeRequest?: ((signal?: AbortSignal) => Promise<void>) | undefined
  lookup?: LookupFunction | undefined
  ref?: boolean | undefined
  now?: (() => number) | undefined
}

/**
 * Signs requests (AWS Signature Version 4, by aws4) and sends them. It corrects these errors, once each: a wrong clock,
 * keys that have ended or changed, another region, another host of the same bucket.
 */
export function createClient({
  place,
  credentials,
  timeouts,
  beforeRequest,
  lookup,
  ref,
  now = Date.now,
}: ClientParts) {
  const { bucket, prefix, isVirtualHost } = place
  let { endpoint, region } = place
  /** Milliseconds from our clock to the store's. */
  let clockOffset = 0
  const connect = () => createExchange({ endpoint, timeouts, lookup, ref })
  let http = connect()

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
    await beforeRequest?.(signal)
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
  async function heal(answer: Answer, used: Credentials): Promise<boolean> {
    const code = textOf(answer.text, 'Code')
    const date = Date.parse(answer.headers.date ?? '')
    if (code === 'RequestTimeTooSkewed' && Number.isFinite(date)) {
      clockOffset = date - now()
      return true
    }
    if (answer.status === 401 || refusedKeys.has(code ?? '')) return areRenewed(used)
    const other = textOf(answer.text, 'Region') ?? answer.headers['x-amz-bucket-region']
    if (typeof other === 'string' && other !== region && [301, 400].includes(answer.status)) {
      region = other
      const elsewhere = movedTo(endpoint, other)
      if (elsewhere) moveTo(elsewhere)
      return true
    }
    return answer.status === 307 && follow(answer.headers.location)
  }

  /** Keys that somebody has changed meanwhile are found where the refused ones came from. */
  async function areRenewed(used: Credentials): Promise<boolean> {
    if (!credentials.renew(used)) return false
    const found = await credentials.get()
    return (['accessKeyId', 'secretAccessKey', 'sessionToken'] as const).some(key => found[key] !== used[key])
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
    moveTo(new URL(`${to.protocol}//${host}${endpoint.pathname}`))
    return true
  }

  function moveTo(elsewhere: URL): void {
    endpoint = elsewhere
    http.close()
    http = connect()
  }

  async function ask(asked: S3Request): Promise<Answer> {
    let used: Credentials | undefined
    try {
      for (const healed = new Set<string>(); ; ) {
        used = await credentials.get()
        const answer = await once(asked, used)
        const isError = answer.status >= 300 || /<Error[\s>]/.test(answer.text)
        if (!isError) {
          checkGenuine(answer, asked.proof, endpoint.origin)
          return answer
        }
        // Once for each reason.
        const reason = `${answer.status} ${textOf(answer.text, 'Code')}`
        if (healed.has(reason) || !(await heal(answer, used))) throw refusal(answer, about(used))
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

/** The path in the form for the signature: each segment percent-encoded once, with any content. */
const encodedPath = (path: string) =>
  path
    .split('/')
    .map(segment =>
      encodeURIComponent(segment).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/')

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const amzDate = (ms: number) => new Date(ms).toISOString().replace(/[:-]|\.\d{3}/g, '')
