import type { Ask } from '@autodump/core/control'
import { CliError, refusalOf } from './errors.js'

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

/** The JSON of an answer. @throws CliError */
export async function askJson<T>(target: Target, path: string, init?: Ask): Promise<T> {
  return readJson<T>(await target.ask(path, init), target)
}

/** The same of an answer that is there already. */
export async function readJson<T>(response: Response, { name }: Target): Promise<T> {
  const text = await response.text().catch(error => {
    throw new CliError('unreachable', `${name} has stopped in the middle of its answer: ${(error as Error).message}`)
  })
  try {
    return JSON.parse(text) as T
  } catch {
    throw new CliError('failure', `what ${name} answers is not JSON: is the URL that of autodump?`)
  }
}
