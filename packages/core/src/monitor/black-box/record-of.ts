import { sayCrash, sayOrdinaryEnd } from '../../analysis/say-crash.js'
import type { Manifest } from '../../model/manifest.js'
import type { Crash, Ending, Run } from '../../model/run.js'
import type { RunRecord } from '../../model/run-record.js'

/** Whether somebody has to check how a run ended: only such a run gets a dump and a message. */
export const isCrash = (ending: Ending): ending is Crash => ending.is !== 'stopped' && ending.is !== 'ended'

/** The entry of a finished run in the list of runs. */
export function recordOf(run: Run, ending: Ending, dump: Manifest | null): Omit<RunRecord, 'id'> {
  const { info, samples } = run
  return {
    program: info.program ?? '',
    pid: info.process.pid,
    host: info.process.host,
    labels: info.labels,
    node: info.node,
    startedAt: new Date(info.startedAt).toISOString(),
    endedAt: new Date(ending.at).toISOString(),
    ending: ending.is,
    exitCode: 'code' in ending ? ending.code : null,
    text: isCrash(ending) ? (dump?.trigger.reason ?? sayCrash(run, ending, [])) : sayOrdinaryEnd(run, ending),
    dump: dump?.id ?? null,
    samples,
  }
}
