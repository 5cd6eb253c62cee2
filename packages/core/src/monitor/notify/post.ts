import type { request as Request } from 'node:http'
import type { LookupFunction } from 'node:net'
import { messageOf } from '../../lib/errors.js'
import { codeOf } from '../../lib/files.js'
import { version } from '../../lib/installed-package.js'
import * as http from '../../lib/node-http.js'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import type { Outcome } from '../outbox/delivery.js'
import { readRetryAfter } from '../outbox/retry.js'
import { ForbiddenAddressError, isForbidden } from './forbidden-addresses.js'
import { formatOf } from './formats/index.js'
import type { Message } from './message.js'
import type { Threads } from './threads.js'

/** No more of an answer is read. */
const maxAnswer = 64 * 1024

export interface PostParts {
  lookup: LookupFunction
  signal: AbortSignal
  /** Epoch milliseconds. */
  now: number
  threads: Threads
}

/**
 * Makes one attempt to deliver a message, over its own connection, so that none stays open. It follows no redirects: a
 * webhook's server must not choose a target inside our network. Never rejects, and its error texts name the host only.
 */
export async function post(webhook: ResolvedWebhook, message: Message, parts: PostParts): Promise<Outcome> {
  const first = parts.threads.of(webhook, message)
  const outcome = await attempt(webhook, message, parts, first)
  // The first message may have been removed: then this one stands alone.
  return first !== undefined && outcome.is === 'refused' ? attempt(webhook, message, parts, undefined) : outcome
}

async function attempt(
  webhook: ResolvedWebhook,
  message: Message,
  parts: PostParts,
  first: string | undefined,
): Promise<Outcome> {
  const format = formatOf(webhook)
  const signing = webhook.secret === null ? undefined : { secret: webhook.secret, now: parts.now }
  const url = new URL(webhook.url)
  const {
    method = 'POST' as const,
    path = '',
    body,
    query = {},
    headers = {},
  } = format.shape(message, { signing, url, first })
  if (path !== '') url.pathname = url.pathname.replace(/\/$/, '') + path
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
  try {
    // Node calls `lookup` for names only.
    if (isForbidden(url.hostname.replace(/^\[(.*)\]$/, '$1'))) throw new ForbiddenAddressError()
    // TLS takes half a MiB in every thread that loads it.
    const { request } = url.protocol === 'https:' ? await import('node:https') : http
    const asked = { method, url, body, headers: { ...webhook.headers, ...headers }, timeout: webhook.timeout }
    const answer = await exchange(request, asked, parts)
    if (format.readAnswer && !answer.isWhole) return { is: 'delayed', why: 'its answer was cut off' }
    const outcome = judge(answer, format.readAnswer, parts.now)
    const name = outcome.is === 'delivered' ? format.nameIn?.(parsed(answer.body)) : undefined
    if (name !== undefined) parts.threads.began(webhook, message, name)
    return outcome
  } catch (error) {
    if (error instanceof ForbiddenAddressError) return { is: 'refused', why: error.message }
    return { is: 'delayed', why: wordsFor(error) }
  }
}

interface Asked {
  method: 'POST' | 'PATCH'
  url: URL
  body: string
  headers: Record<string, string>
  timeout: number
}

interface Answer {
  status: number
  retryAfter: string | undefined
  body: string
  isWhole: boolean
}

function exchange(
  ask: typeof Request,
  { method, url, body, headers, timeout }: Asked,
  { lookup, signal }: PostParts,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const overdue = AbortSignal.timeout(timeout)
    const request = ask(url, {
      method,
      // No agent with keep-alive connections.
      agent: false,
      lookup,
      signal: AbortSignal.any([signal, overdue]),
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': `autodump/${version}`,
        connection: 'close',
      },
    })
    // The engine may run in the app thread: the socket must not keep the process alive.
    request.on('socket', socket => socket.unref())
    request.on('error', error => reject(overdue.aborted ? new Error(`no answer within ${timeout} ms`) : error))
    request.on('response', response => {
      const { statusCode: status = 0 } = response
      const retryAfter = response.headers['retry-after']
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > maxAnswer) response.destroy()
      })
      // The status is enough even if the rest of the answer never comes.
      response.on('close', () => resolve({ status, retryAfter, body: text, isWhole: response.complete }))
      response.on('error', () => {})
    })
    request.end(body)
  })
}

function judge({ status, retryAfter, body }: Answer, readAnswer: ReadAnswer, now: number): Outcome {
  if (status >= 200 && status < 300) return readAnswer ? readAnswer(parsed(body)) : { is: 'delivered' }
  const why = `it answered ${status}`
  if (status >= 300 && status < 400) return { is: 'refused', why: `${why}, and redirects are not followed` }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { is: 'refused', why }
  return { is: 'delayed', why, retryAfter: readRetryAfter(retryAfter, now) }
}

type ReadAnswer = ((answer: Record<string, unknown>) => Outcome) | undefined

function parsed(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}

/** Node's error messages can hold addresses and names, but neither path nor query. */
function wordsFor(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error
  const code = codeOf(inner)
  return code && code !== 'ABORT_ERR' ? `${code}` : messageOf(inner)
}
