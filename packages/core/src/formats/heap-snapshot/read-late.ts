import type { AsyncStacks } from '../../model/async-stacks.js'
import type { ReadAsyncStacksOptions } from './read.js'

/** `readAsyncStacks` of `@autodump/core/analysis`, which is loaded when it is called: the app thread has no use for it. */
export async function readAsyncStacks(
  source: string | AsyncIterable<Uint8Array>,
  options?: ReadAsyncStacksOptions,
): Promise<AsyncStacks> {
  const reader = await import('./read.js')
  return reader.readAsyncStacks(source, options)
}
