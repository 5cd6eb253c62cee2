import { ObjectStoreError, type ObjectStoreErrorKind } from '../object-store.js'
import type { Answer } from './exchange.js'
import { beginning, isWebPage, webPage } from './genuine.js'
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
const otherRegion: Sentence = ({ bucket, region }, { text, headers }) =>
  `the bucket ${bucket} is in region ${textOf(text, 'Region') ?? headers['x-amz-bucket-region'] ?? '(unknown)'}, \`region\` says ${region}`
const busy: Sentence = ({ endpoint }) => `the store at ${endpoint} asks for fewer requests`
const unwell: Sentence = ({ endpoint }) => `the store at ${endpoint} has a failure of its own`
const full: Sentence = () => 'the bucket is full; dumps stay in the dump directory until there is room'

const sentences: Record<string, Sentence> = {
  SignatureDoesNotMatch: wrongSecret,
  InvalidAccessKeyId: unknownKey,
  AccessDenied: ({ bucket, prefix, accessKeyId }) =>
    `access key ${shown(accessKeyId)} may not do this under ${bucket}/${prefix}: uploading needs PutObject and AbortMultipartUpload, looking needs ListBucket and GetObject`,
  NoSuchBucket: ({ bucket, endpoint, isVirtualHost }) =>
    `there is no bucket ${bucket} at ${endpoint}; autodump does not make buckets${isVirtualHost ? `. Is ${bucket}.${new URL(endpoint).host} served?` : ''}`,
  RequestTimeTooSkewed: ({ clockOffset }) =>
    clockOffset === 0
      ? 'the clock of this machine is minutes off the clock of the store: set it right'
      : `the clock of this machine is ${Math.round(Math.abs(clockOffset) / 1000)} s ${clockOffset < 0 ? 'ahead of' : 'behind'} the store's`,
  AuthorizationHeaderMalformed: otherRegion,
  PermanentRedirect: otherRegion,
  IllegalLocationConstraintException: otherRegion,
  SlowDown: busy,
  TooManyRequests: busy,
  ServiceUnavailable: unwell,
  InternalError: unwell,
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
    kind: kindOf(code, answer, isXml),
    code: code || String(status),
    status,
    retryAfter: retryAfterOf(answer),
  })
}

function kindOf(code: string, { status, text }: Answer, isXml: boolean): ObjectStoreErrorKind {
  // An answer to HEAD has no text.
  if (missing.has(code) || (status === 404 && text.trim() === '')) return 'missing'
  // A login page or a proxy that redirects is mended elsewhere, and soon.
  if (!isXml && status >= 300 && status < 400) return 'retry'
  return transient.has(code) || transientStatus.has(status) ? 'retry' : 'blocked'
}

const words = (code: string, text: string) => textOf(text, 'Message') || `the store refused with ${code || 'no code'}`

function foreign(answer: Answer, about: Circumstances): string {
  const { endpoint } = about
  const { status, text, headers } = answer
  if (isWebPage(answer)) return `${webPage(endpoint)}${beginning(text)}`
  const to =
    status >= 300 && status < 400 && URL.canParse(headers.location ?? '') && new URL(`${headers.location}`).host
  if (to) return `no object store answered at ${endpoint}: it sends to ${to} (a proxy, a login page?)`
  if (status === 429) return busy(about, answer)
  if (text.trim() === '') return status >= 500 ? unwell(about, answer) : `${endpoint} refused and gave no reason`
  return `${status} from ${endpoint}, not by an S3 server (a proxy?)${beginning(text)}`
}

function retryAfterOf({ headers }: Answer): number | undefined {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}
