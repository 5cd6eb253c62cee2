import { roomIn } from '../../lib/rooms.js'
import { putRun } from '../../link/run-info.js'
import { runsDirectory } from '../../link/run-name.js'
import type { Manifest } from '../../model/manifest.js'
import type { MonitorApi } from '../../model/monitor-api.js'
import type { BoxRecord, RuleNote, RunInfo } from '../../model/run.js'
import type { Sample } from '../../model/sample.js'
import type { MetricStatus, Status } from '../../model/status.js'
import { prepareDirectory } from '../../store/directory.js'
import { oomKillsSince } from './oom-kills.js'
import { createRecordLog } from './record-log.js'

/** Milliseconds between two reads of the kernel's counter of OOM kills. */
const oomEvery = 5000

/** States in which a rule has no news. */
const dull = new Set(['off', 'no-reading', 'warming-up', 'quiet'])

export interface Box {
  /** Call it after each sample; it resolves when the operating system has the data. */
  sampled(sample: Sample): Promise<void>
  dumped(manifest: Manifest): Promise<void>
  close(): Promise<void>
}

export interface BoxParts {
  /** The dump directory. */
  dir: string
  /** The name of the run. */
  run: string
  info: RunInfo
  status: MonitorApi['status']
  /** The last note of the app thread as JSON; `null` if there is no new one. */
  readNote(): string | null
  onError(error: unknown): void
}

/** Keeps the files of a run current. Each sample is one `write`; unchanged records are not written again. */
export function createBox({ dir, run, info, status, readNote, onError }: BoxParts): Box {
  /** The last record of each kind except samples, as JSON: the next segment begins with them. */
  const current = new Map<string, string>()
  let rulesKey = ''
  let captureKey = ''
  let oomAt = 0

  const log = createRecordLog({
    prepare: () => makeRunDirectory(dir, run, info),
    whole: () => [...current.values()],
    onError,
  })

  function news(kind: string, record: BoxRecord): string {
    const json = JSON.stringify(record)
    current.set(kind, json)
    return json
  }

  function changes(sample: Sample): string[] {
    const { metrics, capture } = status()
    const records: string[] = []
    const rules = speaking(metrics)
    const nextRules = rules.map(({ metric, rule, state }) => `${metric} ${rule} ${state}`).join()
    if (nextRules !== rulesKey) records.push(news('rules', { rules }))
    rulesKey = nextRules
    const nextCapture = keyOf(capture)
    if (nextCapture !== captureKey) records.push(news('capture', { capture }))
    captureKey = nextCapture
    const note = readNote()
    if (note !== null) {
      const json = `{"app":${note}}`
      current.set('app', json)
      records.push(json)
    }
    if (info.oom && Math.abs(sample.at - oomAt) >= oomEvery) {
      oomAt = sample.at
      const kills = info.oom.kills + (oomKillsSince(info.oom, null) ?? 0)
      const record: BoxRecord = { oomKills: kills }
      if (current.get('oomKills') !== JSON.stringify(record)) records.push(news('oomKills', record))
    }
    return records
  }

  return {
    sampled: sample => log.append([...changes(sample), JSON.stringify({ sample } satisfies BoxRecord)]),
    dumped({ id, createdAt, trigger: { metric, rule, value } }) {
      return log.append([news('dump', { dump: { id, at: Date.parse(createdAt), metric, rule, value } })])
    },
    close: log.close,
  }
}

function speaking(metrics: Status['metrics']): RuleNote[] {
  return Object.entries(metrics).flatMap(([metric, { rules }]: [string, MetricStatus]) =>
    Object.entries(rules)
      .filter(([, { state }]) => !dull.has(state))
      .map(([rule, { state, reason }]) => ({ metric, rule, state, reason })),
  )
}

const keyOf = (capture: Status['capture']) => (capture ? `${capture.id} ${capture.pending.join()}` : '')

/**
 * Makes the directory of a run, and returns its path. The calls are small and synchronous in the monitor thread, so
 * that a process that dies a moment after its start is recorded.
 */
export async function makeRunDirectory(dir: string, run: string, info: RunInfo): Promise<string> {
  await prepareDirectory(dir)
  return putRun(roomIn(dir, runsDirectory), run, info)
}
