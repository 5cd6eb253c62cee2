import { ApiError } from '../api/client.ts'

export interface Refusal {
  text: string
  /** Epoch milliseconds before which another try is useless. */
  until?: number
}

/** The reason why the login was refused, for the user. */
export function refusalOf(error: unknown, now: number): Refusal {
  if (!(error instanceof ApiError)) return { text: `The login failed: ${String(error)}` }
  const { status, retryAfter, message } = error
  if (status === 401) return { text: 'That is not the token.' }
  if (status === 429) return { text: 'Too many wrong tokens.', until: now + (retryAfter ?? 60) * 1000 }
  if (status === 404)
    return { text: 'This app does not use a token: it decides by itself who may look, and you are not let in.' }
  if (status === 0) return { text: 'The process does not answer. Is it still running?' }
  return { text: `The server says: ${message}.` }
}
