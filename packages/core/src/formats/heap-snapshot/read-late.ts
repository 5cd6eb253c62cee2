import type { AsyncStacks } from '../../model/async-stacks.js'
import type { ReadAsyncStacksOptions } from './read.js'

/** `readAsyncStacks` of `@autodump/core/analysis`, loaded at the first call: the app thread does not need it. */
export async function readAsyncStacks(
  source: string | AsyncIterable<Uint8Array>,
  options?: ReadAsyncStacksOptions,
): Promise<AsyncStacks> {
  const reader = await import('./read.js')
  return reader.readAsyncStacks(source, options)
}
