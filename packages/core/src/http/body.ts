import { parse } from 'secure-json-parse'
import { deeperThan } from '../validate.js'
import { Problem } from './problem.js'

/** The most that a request body may have, in bytes. */
export const maxBodyBytes = 64 * 1024

/** Far more than any body here has. */
const maxDepth = 32

export interface BodyRule {
  /** Media types that are read. */
  types: string[]
  /** An absent or empty body counts as `{}`. */
  optional?: boolean
}

/** The JSON value of the body. @throws Problem 400, 413, 415 */
export async function readJson(request: Request, { types, optional = false }: BodyRule): Promise<unknown> {
  if (!request.body) {
    if (optional) return {}
    throw invalidBody('must be JSON, and there is none')
  }
  // Over HTTP/2 a body may turn out to be empty, and then it has no type.
  if (!optional || request.headers.has('content-type')) requireType(request, types)
  const bytes = await readLimited(request, request.body)
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

/** Stops at the limit and leaves the rest unread: whoever owns the connection decides what becomes of it. */
async function readLimited(request: Request, body: NonNullable<Request['body']>): Promise<Buffer> {
  if (Number(request.headers.get('content-length')) > maxBodyBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength
      if (size > maxBodyBytes) break
      chunks.push(next.value)
    }
  } catch {
    throw invalidBody('ended before it was whole')
  }
  if (size > maxBodyBytes) {
    reader.cancel().catch(() => {})
    throw tooLarge()
  }
  return Buffer.concat(chunks)
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return parse(text, { protoAction: 'error', constructorAction: 'error' })
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
