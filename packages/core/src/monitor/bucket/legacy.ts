import { basename } from 'node:path'
import type { RunRecord } from '../../model/run-record.js'
import type { Store } from '../../model/store.js'
import { dumpPid, dumpTime } from '../../store/dump-id.js'
import { listRunRecords } from '../../store/run-records.js'
import type { UploadMarks } from '../../store/upload-marks.js'
import { listRuns } from '../black-box/run-files.js'
import type { UploadState } from './upload-state.js'
import { listAll } from './waiting.js'

/** What becomes of an early upload whose dump never came: `wait` as nobody can say yet, `remove` as it tells nothing more. */
export type Fate = 'wait' | 'remove' | 'keep'

/** Milliseconds: an early upload and the record of its run are dated only this exactly. */
const slack = 5000

export interface LegacyParts {
  dir: string
  dumps: Pick<Store, 'list' | 'manifest'>
  marks: Pick<UploadMarks, 'isUploaded'>
  /** The name of this process's run in the black box; `null` without one. */
  ownRun: string | null
  /** Whether a run that left no record may still come on record: the start was not long ago. */
  mayCome(): boolean
}

/**
 * Finds out how the process of an early upload ended. The next start of the same directory puts each run on record, so that
 * an ordinary stop leaves no row in the bucket, and a crash leaves one: its dump.
 */
export function createLegacy({ dir, dumps, marks, ownRun, mayCome }: LegacyParts) {
  async function isUndecided(pid: number): Promise<boolean> {
    const runs = (await listRuns(dir)).map(path => basename(path))
    return runs.some(name => name !== ownRun && name.startsWith(`${pid}-`))
  }

  async function recordOf(id: string, host: string | undefined): Promise<RunRecord | undefined> {
    const [pid, at] = [dumpPid(id), dumpTime(id)]
    return (await listRunRecords(dir)).find(
      record =>
        record.pid === pid &&
        (host === undefined || record.host === host) &&
        Date.parse(record.startedAt) - slack <= at &&
        at <= Date.parse(record.endedAt) + slack,
    )
  }

  /** The dump of the crash, which has everything of the last look, and of a dump that the crash cut short. */
  async function byCrash(id: string, crash: string, isLook: boolean): Promise<Fate> {
    const manifest = await dumps.manifest(crash)
    if (!manifest) return 'keep'
    const isTold = manifest.summary.findings.some(({ kind, data }) => kind === 'unfinished-dump' && data?.id === id)
    if (!isLook && !isTold) return 'keep'
    return marks.isUploaded(crash) ? 'remove' : 'wait'
  }

  return async (id: string, { look: isLook, host }: Partial<UploadState>): Promise<Fate> => {
    const record = await recordOf(id, host)
    if (record?.dump) return byCrash(id, record.dump, isLook === true)
    if (record) return isLook && (record.ending === 'stopped' || record.ending === 'ended') ? 'remove' : 'keep'
    if (await isUndecided(dumpPid(id))) return 'wait'
    if (!isLook) return 'keep'
    const isCrashThere = (await listAll(dumps)).some(
      dump => dump.rule === 'crash' && dumpPid(dump.id) === dumpPid(id) && dump.id >= id && marks.isUploaded(dump.id),
    )
    return isCrashThere ? 'remove' : mayCome() ? 'wait' : 'keep'
  }
}
