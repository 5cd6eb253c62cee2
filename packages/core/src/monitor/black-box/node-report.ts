import { isAbsolute, join } from 'node:path'
import { lstat, readdir } from '../../lib/fs.js'
import type { DiagnosticReport } from '../../model/diagnostic-report.js'
import type { Run } from '../../model/run.js'
import { redactReport } from '../captures/report.js'
import { readJson } from './run-files.js'

/** A larger report stays in its place. */
const maxReportBytes = 16 * 1024 ** 2

/** Triggers of a report that Node writes when it dies; the app or people request the other reports. */
const deadly = new Set(['OOMError', 'FatalError', 'Exception'])

/**
 * The report that Node itself wrote when that process died (`--report-on-fatalerror`, `--report-uncaught-exception`),
 * without its secrets; `null` if there is none. The file stays in its place: it is the user's.
 */
export async function findNodeReport({ info }: Run): Promise<DiagnosticReport | null> {
  const { directory, filename } = info.report
  if (filename === 'stdout' || filename === 'stderr') return null
  const named = new RegExp(`^report\\.\\d{8}\\.\\d{6}\\.${info.process.pid}\\.\\d+\\.\\d+\\.json$`)
  const names = filename ? [filename] : (await readdir(directory).catch(() => [])).filter(name => named.test(name))
  let newest: { report: DiagnosticReport; at: number } | null = null
  for (const name of names) {
    const path = isAbsolute(name) ? name : join(directory, name)
    const at = await lstat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )
    // File systems are coarse, and an earlier process may have had the same pid.
    if (at < info.startedAt - 2000 || at < (newest?.at ?? 0)) continue
    const report = await readJson<DiagnosticReport>(path, maxReportBytes).catch(() => null)
    const { trigger, processId } = report?.header ?? {}
    if (report && processId === info.process.pid && deadly.has(String(trigger))) newest = { report, at }
  }
  return newest && redactReport(newest.report)
}
