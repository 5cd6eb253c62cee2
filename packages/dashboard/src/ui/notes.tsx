import type { ComponentChildren } from 'preact'
import { ApiError } from '../api/client.ts'
import { Button } from './button.tsx'

/** Nothing is there, and the next step. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div class="empty-text">{children}</div>}
    </div>
  )
}

export function Loading({ what }: { what: string }) {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" /> Loading {what} …
    </p>
  )
}

/** A failure: the server's words, each invalid field, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const fields = error instanceof ApiError ? error.errors : []
  return (
    <div class="failure" role="alert">
      <p>{sentence(error)}</p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ field, message }) => (
            <li key={field}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  )
}

/** The message of an error, as a sentence. */
export function sentence(error: unknown): string {
  const words = (error instanceof Error ? error.message : String(error)).trim() || 'something went wrong'
  const text = words.charAt(0).toUpperCase() + words.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
