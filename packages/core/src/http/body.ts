import { scan } from 'secure-json-parse'
import { deeperThan } from '../lib/validate.js'
import { createBudget } from './budget.js'
import { Problem } from './problem.js'

/** The largest request body, in bytes. */
export const maxBodyBytes = 64 * 1024

/** The bytes received of unfinished bodies. */
const hold = createBudget({ holders: 1024, bytes: 4 * 1024 ** 2 })

/** Far more than the largest valid body here. */
const maxDepth = 32

export interface BodyRule {
  /** Accepted media types. */
  types: string[]
  /** An absent or empty body counts as `{}`. */
  optional?: boolean
}

/**
 * The JSON value of the body.
 *
 * @param known whether the client has proven who it is
 * @throws Problem 400, 413, 415; 503 if too many bodies were being read, and this one for the longest time
 */
export async function readJson(
  request: Request,
  { types, optional = false }: BodyRule,
  known: boolean,
): Promise<unknown> {
  if (!request.body) {
    if (optional) return {}
    throw invalidBody('must be JSON, and there is none')
  }
  // Over HTTP/2 a body may turn out to be empty; then it has no type.
  if (!optional || request.headers.has('content-type')) requireType(request, types)
  const bytes = await readLimited(request, request.body, known)
  if (bytes.length === 0 && optional) return {}
  requireType(request, types)
  const value = parseJson(bytes)
  if (deeperThan(maxDepth, value)) throw invalidBody(`must not be nested deeper than ${maxDepth} levels`)
  return value
}

function requireType(request: Request, types: string[]): void {
  const header = request.headers.get('content-type') ?? ''
  const type = header.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const encoding = request.headers.get('content-encoding')?.toLowerCase() ?? 'identity'
  const headers = { [request.method === 'PATCH' ? 'accept-patch' : 'accept-post']: types.join(', ') }
  if (!types.includes(type))
    throw new Problem(415, `the body must be ${types.join(' or ')}, got ${type || 'no content type'}`, { headers })
  if (encoding !== 'identity')
    throw new Problem(415, 'the body must not be compressed', { headers: { 'accept-encoding': 'identity' } })
}

/** Stops at the limit and leaves the rest unread: the owner of the connection decides about the rest. */
async function readLimited(request: Request, body: NonNullable<Request['body']>, known: boolean): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > maxBodyBytes) throw tooLarge()
  const reader = body.getReader()
  const stop = () => void reader.cancel().catch(() => {})
  let isCutOff = false
  const cutOff = () => {
    isCutOff = true
    stop()
  }
  // One growing buffer: a client may split the body into one-byte chunks, and a list of these takes a hundred times as
  // much.
  let bytes = new Uint8Array(1024)
  let size = 0
  const { grow, release } = hold({ bytes: bytes.length, known, cutOff })
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (size + next.value.length > maxBodyBytes) {
        stop()
        throw tooLarge()
      }
      if (size + next.value.length > bytes.length) {
        bytes = grown(bytes, size + next.value.length)
        grow(bytes.length)
      }
      bytes.set(next.value, size)
      size += next.value.length
    }
  } catch (error) {
    throw error instanceof Problem ? error : invalidBody('ended before it was whole')
  } finally {
    release()
  }
  if (isCutOff) throw new Problem(503, 'too many bodies are being read at once', { headers: { 'retry-after': '1' } })
  return bytes.subarray(0, size)
}

function grown(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * bytes.length, least))
  larger.set(bytes)
  return larger
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    // `parse` would set `Error.stackTraceLimit`, which `--frozen-intrinsics` forbids.
    if (typeof value === 'object' && value !== null) scan(value, { protoAction: 'error', constructorAction: 'error' })
    return value
  } catch (error) {
    throw invalidBody(`must be valid JSON: ${(error as Error).message}`)
  }
}

function invalidBody(message: string): Problem {
  return new Problem(400, `the body ${message}`, { errors: [{ field: '', message }] })
}

function tooLarge(): Problem {
  return new Problem(413, `the body must not have more than ${maxBodyBytes} bytes`)
}
