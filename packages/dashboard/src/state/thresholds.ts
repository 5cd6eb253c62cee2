import { signal } from '@preact/signals'
import { send } from '../api/client.ts'
import type { Thresholds } from '../api/types.ts'
import { instance } from './instance.ts'

/** The thresholds of the process that is shown, and the tag that changes with them; `null` until they were loaded. */
export const thresholds = signal<{ value: Thresholds; etag: string } | null>(null)

/** @throws ApiError */
export async function loadThresholds(): Promise<void> {
  await take(await send('thresholds', { query: { instance: instance.peek() } }))
}

/**
 * Applies a JSON Merge Patch, whole or not at all: to the process that was chosen, or to all that run the same program where
 * none was.
 *
 * @param etag of the thresholds that the person has seen
 * @throws ApiError 412 where they have been changed since, 400 with `errors` for each invalid field
 */
export async function patchThresholds(patch: unknown, etag: string): Promise<void> {
  const headers = { 'if-match': etag }
  await take(await send('thresholds', { method: 'PATCH', body: patch, headers, query: { instance: instance.peek() } }))
}

async function take(response: Response): Promise<void> {
  const etag = response.headers.get('etag') ?? '*'
  const value = await response.json()
  // Equal thresholds stay the same object: charts are worked out anew for other thresholds.
  if (etag === '*' || etag !== thresholds.peek()?.etag) thresholds.value = { value, etag }
}
