/** The server's refusal (RFC 9457). */
export class ApiError extends Error {
  readonly status: number
  /** Each invalid field, where that was it. */
  readonly errors: { field: string; message: string }[]
  /** Seconds after which it makes sense to ask again. */
  readonly retryAfter: number | undefined

  constructor(status: number, detail: string, errors: { field: string; message: string }[] = [], retryAfter?: number) {
    super(detail)
    this.status = status
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

let unauthorized = () => {}

/** Called whenever the server does not know the caller (any more). */
export function onUnauthorized(listener: () => void): void {
  unauthorized = listener
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  /** @default application/json; of a PATCH application/merge-patch+json */
  type?: string
  query?: Record<string, string | number | boolean | undefined | null>
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** An address below the prefix, relative to the page: `path` is without a slash at its beginning. */
export function urlOf(path: string, query: Ask['query'] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  )
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

/** @throws ApiError where the server refuses, or cannot be reached (status 0) */
export async function send(path: string, { method = 'GET', body, type, query, headers, signal }: Ask = {}) {
  const contentType = type ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json')
  let response: Response
  try {
    response = await fetch(urlOf(path, query), {
      method,
      signal,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': contentType }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'the process does not answer')
  }
  if (response.ok) return response
  if (response.status === 401 && !isLogin(path)) unauthorized()
  throw await refusal(response)
}

/** The JSON that a route answers. */
export async function ask<T>(path: string, options?: Ask): Promise<T> {
  return (await send(path, options)).json()
}

/** There a 401 is about the typed token, not about the session. */
const isLogin = (path: string) => path === 'login'

async function refusal(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}))
  const retryAfter = Number(response.headers.get('retry-after')) || undefined
  const detail = problem.detail ?? problem.title ?? `the server answered ${response.status}`
  return new ApiError(response.status, detail, problem.errors, retryAfter)
}
