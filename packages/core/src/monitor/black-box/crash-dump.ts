import { join } from 'node:path'
import { faultOf } from '../../analysis/fault.js'
import { findInCrash, findLastDump, nameCrash, sayCrash, type Unfinished } from '../../analysis/say-crash.js'
import { createSourceMaps } from '../../analysis/source-maps.js'
import { summarise } from '../../analysis/summary.js'
import type { CaptureKind, CaptureSwitches } from '../../model/capture-kind.js'
import type { DiagnosticReport } from '../../model/diagnostic-report.js'
import type { ArtifactEntry, Manifest, TriggerInfo } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { Crash, Run } from '../../model/run.js'
import type { Store } from '../../model/store.js'
import { readTarget } from '../../model/upload-target.js'
import { temporaryName } from '../../store/dump-id.js'
import { describeRequests } from '../captures/requests.js'
import { reportOn } from '../dump-report.js'
import { salvage } from './salvage.js'

/** A manifest shows this much before the end: samples, and milliseconds. */
const shown = { samples: 600, ms: 300_000 }

export interface CrashDumpParts {
  dir: string
  store: Store
  run: Run
  ending: Crash
  report: DiagnosticReport | null
  /** Captures that are off now stay out, even if they were on then. */
  captures: CaptureSwitches
  links: ResolvedOptions['links']
  explain: ResolvedOptions['explain']
  /** Ids of the dumps that the process has not finished. */
  unfinished: string[]
  /** Epoch milliseconds. */
  now: number
  onError(what: string, error: unknown): void
}

/** Writes a dump from the files of a run. Rejects, and leaves nothing behind, if there is no room for it. */
export async function writeCrashDump(parts: CrashDumpParts): Promise<Manifest> {
  const { store, run, ending, report, now } = parts
  const { info, app } = run
  const id = store.newId(now, null, 'crash', info.process.pid)
  const writer = await store.begin(id)
  store.useQuota(now)
  try {
    const artifacts: ArtifactEntry[] = []
    const unfinished: Unfinished[] = []
    for (const other of parts.unfinished) {
      try {
        const one = await salvage(join(parts.dir, temporaryName(other)), other, writer, parts.captures)
        unfinished.push(one)
        artifacts.push(...one.saved)
      } catch (error) {
        parts.onError(`save what is whole of the dump ${other}`, error)
      }
    }
    const evidence = new Map<CaptureKind, unknown[]>()
    if (app && parts.captures.requests) {
      const value = describeRequests(app.table, app.at, parts.links)
      evidence.set('requests', [value])
      const content = JSON.stringify(value, null, 2)
      artifacts.push(await writer.add('requests', { file: 'requests.json', phase: 'before', content }))
    }
    if (report && parts.captures.report) {
      const content = JSON.stringify(report, null, 2)
      artifacts.push(await writer.add('report', { file: 'report.json', phase: 'during', content }))
    }

    const samples = run.samples.filter(({ at }) => ending.at - at <= shown.ms).slice(-shown.samples)
    const trigger: TriggerInfo = {
      metric: null,
      rule: 'crash',
      value: null,
      mean: null,
      threshold: null,
      unit: null,
      history: [],
      reason: sayCrash(run, ending, unfinished),
    }
    const { dump } = run
    const isNear = dump !== null && ending.at - dump.at <= shown.ms
    const last = isNear ? await store.manifest(dump.id).catch(() => undefined) : undefined
    const startedAt = info.startedAt - info.uptime * 1000
    const told = await createSourceMaps({ startedAt })(originalOf => {
      const summary = summarise({
        trigger,
        samples,
        at: ending.at,
        evidence,
        blockedFor: samples.at(-1)?.blockedFor ?? 0,
        headlines: nameCrash(run, ending),
        failures: artifacts.filter(({ state }) => state === 'failed'),
        originalOf,
      })
      const findings = findInCrash(run, ending, unfinished, process.cwd(), originalOf)
      const before = last ? [findLastDump(last, ending)] : []
      return { ...summary, findings: [...findings, ...before, ...summary.findings] }
    })
    const isWhole = artifacts.every(({ state }) => state === 'complete') && unfinished.length === 0
    const fault = faultOf({ trigger, summary: told })
    // That of the dead process: it may have been of another service than the one that writes this.
    const uploadTo = readTarget(info.uploadTo)
    const manifest: Manifest = {
      id,
      createdAt: new Date(now).toISOString(),
      state: isWhole ? 'complete' : 'partial',
      trigger,
      process: {
        pid: info.process.pid,
        host: info.process.host,
        node: info.node,
        v8: info.v8,
        uptime: Math.max(0, Math.round((ending.at - info.startedAt) / 1000 + info.uptime)),
        labels: info.labels,
        limits: info.limits,
      },
      samples,
      artifacts,
      summary: told,
      ...(fault && { fault }),
      ...(uploadTo && { uploadTo }),
    }
    const more = [...unfinished.flatMap(({ findings = [] }) => findings), ...(last?.summary.findings ?? [])]
    await writer.publish(manifest, await reportOn(manifest, parts.explain, { startedAt, more }))
    return manifest
  } catch (error) {
    await writer.abandon().catch(inner => parts.onError('remove an unfinished dump', inner))
    throw error
  }
}
