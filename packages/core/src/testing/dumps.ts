import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ArtifactEntry, Manifest } from '../model/manifest.js'
import { dumpTime } from '../store/dump-id.js'
import { openStore, type StoreOptions } from '../store/store-on-disk.js'

/** A directory of its own for the test that calls it, removed when that test ends. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** The manifest of a dump with that id. */
export function manifestOf(id: string, more: Partial<Manifest> = {}): Manifest {
  const [, metric = 'cpu', rule = 'spike'] = /Z-\d+-(?:(\w+)-)?([a-z]+)/.exec(id) ?? []
  return {
    id,
    createdAt: new Date(dumpTime(id)).toISOString(),
    state: 'complete',
    trigger: {
      metric: rule === 'manual' ? null : metric,
      rule: rule as Manifest['trigger']['rule'],
      value: 90,
      mean: 10,
      threshold: 80,
      unit: 'percent',
      history: [10, 10],
      reason: 'a test',
    },
    process: { pid: 1, host: 'here', node: 'v20', v8: '11', uptime: 1, labels: {}, limits: {} },
    samples: [],
    artifacts: [],
    summary: { text: 'nothing happened', findings: [] },
    ...more,
  }
}

/** Puts a dump on disk as another process would have. */
export function plantDump(dir: string, id: string, artifacts: ArtifactEntry[] = []): void {
  mkdirSync(join(dir, id), 0o700)
  writeFileSync(join(dir, id, 'manifest.json'), JSON.stringify(manifestOf(id, { artifacts })), { mode: 0o600 })
}

/** A store with wide limits, and the failures that it reports. */
export async function testStore(dir: string, more: Partial<StoreOptions> = {}) {
  const failures: string[] = []
  const store = await openStore({
    dir,
    retention: { maxDumps: 1000, maxBytes: 1024 ** 4, maxAge: 1000 * 24 * 3600_000, minFreeBytes: 0 },
    limits: { maxPerHour: 1000 },
    pid: process.pid,
    onError: (what, error) => failures.push(`${what}: ${error instanceof Error ? error.message : error}`),
    ...more,
  })
  onTestFinished(() => store.close())
  return { store, failures }
}
