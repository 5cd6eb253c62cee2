import { codeOf } from '../../lib/files.js'
import { ObjectStoreError, type ObjectStoreErrorKind } from '../object-store.js'
import type { Answer } from './exchange.js'
import { textOf } from './xml.js'

/** The facts in the messages. Access keys are shown by their first letters only, secrets never. */
export interface Circumstances {
  bucket: string
  prefix: string
  endpoint: string
  region: string
  accessKeyId: string
  /** The source of the credentials, in words. */
  source: string
  isVirtualHost: boolean
  /** Milliseconds by which the clock of this machine is behind the store's. */
  clockOffset: number
}

const transient = new Set([
  'SlowDown',
  'InternalError',
  'RequestTimeout',
  'ServiceUnavailable',
  'XAmzContentSHA256Mismatch',
])
const transientStatus = new Set([408, 429, 500, 502, 503, 504])
const missing = new Set(['NoSuchKey', 'NoSuchUpload', 'NotFound'])

type Sentence = (about: Circumstances, answer: Answer) => string

const wrongSecret: Sentence = ({ accessKeyId, source }) =>
  `the secret key of access key ${shown(accessKeyId)} (${source}) is wrong, or a proxy rewrites the path`
const unknownKey: Sentence = ({ accessKeyId, source }) =>
  `the store does not know the access key ${shown(accessKeyId)} (${source})`
const ended: Sentence = ({ source }) => `the session credentials (${source}) have ended or are not valid`
const full: Sentence = () => 'the bucket is full; dumps stay in the dump directory until there is room'

const sentences: Record<string, Sentence> = {
  SignatureDoesNotMatch: wrongSecret,
  InvalidAccessKeyId: unknownKey,
  AccessDenied: ({ bucket, prefix, accessKeyId }) =>
    `access key ${shown(accessKeyId)} may not do this under ${bucket}/${prefix}: uploading needs PutObject and AbortMultipartUpload, looking needs ListBucket and GetObject`,
  NoSuchBucket: ({ bucket, endpoint, isVirtualHost }) =>
    `there is no bucket ${bucket} at ${endpoint}; autodump does not make buckets${isVirtualHost ? `. Is ${bucket}.${new URL(endpoint).host} served?` : ''}`,
  RequestTimeTooSkewed: ({ clockOffset }) =>
    `the clock of this machine is ${Math.round(Math.abs(clockOffset) / 1000)} s ${clockOffset < 0 ? 'ahead of' : 'behind'} the store's`,
  AuthorizationHeaderMalformed: ({ region }, { text }) =>
    `the store expects region ${textOf(text, 'Region') ?? '(unknown)'}, \`region\` says ${region}`,
  EntityTooSmall: () => 'a part is too small: this is a fault of autodump, please report it',
  EntityTooLarge: () => 'an object is too large: this is a fault of autodump, please report it',
  NotImplemented: () => 'the store lacks something that was asked of it; remove the option that asks for it',
  InvalidStorageClass: () => 'the store has no such storage class; change `storageClass`',
  ExpiredToken: ended,
  InvalidToken: ended,
  QuotaExceeded: full,
}

const shown = (accessKeyId: string) => `${accessKeyId.slice(0, 4)}…`

/** The meaning of an answer that is no success. */
export function refusal(answer: Answer, about: Circumstances): ObjectStoreError {
  const { status, text } = answer
  const isXml = /<Error[\s>]/.test(text)
  const code = (isXml && textOf(text, 'Code')) || ''
  const sentence = sentences[code]
  const message =
    sentence?.(about, answer) ??
    (status === 507 ? full(about, answer) : isXml ? words(code, text) : foreign(answer, about))
  return new ObjectStoreError(`${message} (${[code, status].filter(Boolean).join(', ')})`, {
    kind: kindOf(code, status, isXml),
    code: code || String(status),
    status,
    retryAfter: retryAfterOf(answer),
  })
}

function kindOf(code: string, status: number, isXml: boolean): ObjectStoreErrorKind {
  if (missing.has(code) || (status === 404 && !code && !isXml)) return 'missing'
  return transient.has(code) || transientStatus.has(status) ? 'retry' : 'blocked'
}

const words = (code: string, text: string) => textOf(text, 'Message') || `the store refused with ${code || 'no code'}`

function foreign({ status, text }: Answer, { endpoint }: Circumstances): string {
  const start = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
  return `${status} from ${endpoint}, not by an S3 server (a proxy?)${start ? `: ${start}` : ''}`
}

function retryAfterOf({ headers }: Answer): number | undefined {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}

/** The error before any answer. */
export function unreachable(error: unknown, { endpoint, bucket, isVirtualHost }: Circumstances): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const inner = error instanceof AggregateError ? error.errors[0] : error
  const code = codeOf(inner) ?? 'UNKNOWN'
  const host = new URL(endpoint).host
  const message =
    code === 'ENOTFOUND' && isVirtualHost
      ? `there is no DNS name ${bucket}.${host}; try path style (\`virtualHost: false\`)`
      : `${host} cannot be reached: ${code === 'UNKNOWN' ? String((inner as Error)?.message ?? inner) : code}`
  return new ObjectStoreError(message, { kind: 'retry', code })
}
