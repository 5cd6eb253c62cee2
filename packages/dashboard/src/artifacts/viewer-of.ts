import { evidenceKinds, type KindsWith } from '@autodump/core/rules'
import type { ArtifactEntry } from '../api/types.ts'

export type ViewerName = 'flame' | 'heap-snapshot' | 'plain' | KindsWith<{ shownBy: 'own view' }>

/** The viewer of a file, by its kind, and by its name for the form. */
export function viewerOf({ file, kind }: Pick<ArtifactEntry, 'file' | 'kind'>): ViewerName {
  if (/\.(cpuprofile|heapprofile|collapsed\.txt)$/.test(file)) return 'flame'
  if (file.endsWith('.heapsnapshot')) return 'heap-snapshot'
  const isOwn = file.endsWith('.json') && evidenceKinds[kind]?.shownBy === 'own view'
  return isOwn ? (kind as KindsWith<{ shownBy: 'own view' }>) : 'plain'
}
