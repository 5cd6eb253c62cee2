import type { ArtifactEntry } from '../api/types.ts'

export type ViewerName = 'flame' | 'requests' | 'async-stacks' | 'trace' | 'report' | 'heap-snapshot' | 'plain'

/** With what a file is shown: its kind says what it is, its name in which form. */
export function viewerOf({ file, kind }: Pick<ArtifactEntry, 'file' | 'kind'>): ViewerName {
  if (/\.(cpuprofile|heapprofile|collapsed\.txt)$/.test(file)) return 'flame'
  if (file.endsWith('.heapsnapshot')) return 'heap-snapshot'
  if (!file.endsWith('.json')) return 'plain'
  if (kind === 'requests' || kind === 'async-stacks' || kind === 'trace' || kind === 'report') return kind
  return 'plain'
}
