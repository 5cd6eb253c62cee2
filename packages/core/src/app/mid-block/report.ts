import { performance } from 'node:perf_hooks'
import type { AppHooks } from '../../link/app-hooks.js'
import { toJson } from '../../link/json.js'
import { type DiagnosticReport, dropEnvironment } from '../../model/diagnostic-report.js'

/** Runs on the app thread: only there does the report show the app's stack, heap and sockets. */
export const reportHooks: Pick<AppHooks, 'report'> = {
  report() {
    const began = performance.now()
    const settings = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean }
    const { excludeNetwork } = settings
    // Else it looks up the name of every peer, which can take minutes.
    settings.excludeNetwork = true
    try {
      const report = settings.getReport() as unknown as DiagnosticReport
      dropEnvironment(report)
      return { json: toJson(report), pauseMs: performance.now() - began }
    } finally {
      settings.excludeNetwork = excludeNetwork
    }
  },
}
