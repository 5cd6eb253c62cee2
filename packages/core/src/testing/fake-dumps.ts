import { createHash } from 'node:crypto'
import type { ArtifactEntry, CapturingDump, Manifest, TriggerInfo } from '../model/manifest.js'

export const at = Date.UTC(2026, 10, 24, 1, 35, 12, 123)

export const dumpId = '20261124T013512123Z-42-cpu-spike'

export const spike: TriggerInfo = {
  metric: 'cpu',
  rule: 'spike',
  value: 90,
  mean: 30,
  threshold: 37.5,
  unit: 'percent',
  history: [30, 30],
  reason: '90% is 200% above the mean 30%',
}

export function manifestOf(id: string, artifacts: ArtifactEntry[] = []): Manifest {
  return {
    id,
    createdAt: new Date(at).toISOString(),
    state: 'complete',
    trigger: spike,
    process: { pid: 42, host: 'box', node: 'v20.19.0', v8: '11.3', uptime: 7, labels: { service: 'shop' }, limits: {} },
    samples: [{ at, values: { cpu: 90, gc: null } }],
    artifacts,
    summary: {
      headline: 'CPU 90%: burn (app.js:3)',
      text: 'CPU at 90%: burn (app.js:3)',
      findings: [{ kind: 'hot-function', text: 'burn' }],
    },
  }
}

export function entryOf(file: string, content: string | Buffer, more: Partial<ArtifactEntry> = {}): ArtifactEntry {
  const bytes = Buffer.byteLength(content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { file, kind: 'requests', phase: 'during', bytes, sha256, storedBytes: bytes, state: 'complete', ...more }
}

/** A dump of `kinds` that has just begun. */
export function capturingOf(id: string, more: Partial<CapturingDump> = {}): CapturingDump {
  const createdAt = new Date(at).toISOString()
  const endsAt = new Date(at + 5000).toISOString()
  return {
    id,
    state: 'capturing',
    createdAt,
    trigger: spike,
    pending: [],
    kinds: ['cpu-profile'],
    taking: [],
    endsAt,
    done: [],
    ...more,
  }
}
