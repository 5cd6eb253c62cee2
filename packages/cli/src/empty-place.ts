import { existsSync } from 'node:fs'
import type { TargetOptions } from './target.js'

/** What may be wrong with a place in which nothing was found, as the end of a sentence; empty if nothing is known. */
export function doubtAt({ dir = process.env.AUTODUMP_DIR, url, bucket }: TargetOptions): string {
  if (bucket !== undefined) return ': is the prefix right? autodump store check tries the bucket'
  if (url !== undefined || !dir || existsSync(dir)) return ''
  return ', which does not exist: is the path right?'
}
