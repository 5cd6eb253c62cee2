import type { Ask } from '@autodump/core/control'
import { refusalOf } from './errors.js'

/** A speaker of the admin API: a process, a URL, or the directory itself. */
export interface Target {
  /** For people. */
  name: string
  /** `path` is below the prefix. Rejects with a `CliError` for anything but a success. */
  ask(path: string, init?: Ask): Promise<Response>
}

/** Rejects with a `CliError` for anything but a success. */
export async function checked(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (!response.ok) throw await refusalOf(response)
  return response
}
