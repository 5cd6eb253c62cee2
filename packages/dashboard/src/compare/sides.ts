import type { ArtifactEntry, Manifest } from '../api/types.ts'
import { sampleAtTrigger } from '../dump/facts.ts'

/** An artifact of each dump that can be laid beside each other. */
export interface ArtifactPair {
  kind: ArtifactEntry['kind']
  phase: ArtifactEntry['phase']
  a: ArtifactEntry
  b: ArtifactEntry
}

const comparableFiles: [kind: ArtifactEntry['kind'], suffix: string][] = [
  ['cpu-profile', '.cpuprofile'],
  ['heap-profile', '.heapprofile'],
  ['requests', '.json'],
  ['async-stacks', '.json'],
  ['holders', '.json'],
]

/**
 * Those of the same kind, phase and thread; of several the first, and files taken during the capture before the rest.
 */
export function artifactPairs(a: Manifest, b: Manifest): ArtifactPair[] {
  return comparableFiles.flatMap(([kind, suffix]) => {
    const usable = ({ artifacts }: Manifest) =>
      artifacts.filter(one => one.kind === kind && one.state === 'complete' && one.file.endsWith(suffix))
    const others = new Map(
      usable(b)
        .toReversed()
        .map(one => [likeness(one), one]),
    )
    const seen = new Set<string>()
    const pairs = usable(a).flatMap((one): ArtifactPair[] => {
      const other = others.get(likeness(one))
      if (!other || seen.has(likeness(one))) return []
      seen.add(likeness(one))
      return [{ kind, phase: one.phase, a: one, b: other }]
    })
    return pairs.sort((x, y) => Number(x.phase === 'before') - Number(y.phase === 'before'))
  })
}

const likeness = ({ phase, thread = '' }: ArtifactEntry) => `${phase}\0${thread}`

export interface MetricRow {
  metric: string
  a: number | null
  b: number | null
}

/** The readings of all metrics when each dump was triggered. */
export function metricRows(a: Manifest, b: Manifest): MetricRow[] {
  const [ofA, ofB] = [sampleAtTrigger(a)?.values ?? {}, sampleAtTrigger(b)?.values ?? {}]
  const metrics = new Set([...Object.keys(ofA), ...Object.keys(ofB)])
  return [...metrics]
    .map(metric => ({ metric, a: ofA[metric] ?? null, b: ofB[metric] ?? null }))
    .filter(row => row.a !== null || row.b !== null)
}
