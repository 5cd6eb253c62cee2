import { join } from 'node:path'
import { monotonic } from '../../lib/clock/monotonic.js'
import { isMissing } from '../../lib/files.js'
import { lookAround } from '../../lib/process-life.js'
import { removeTree, roomsIn } from '../../lib/rooms.js'
import { replaceFileSync } from '../../lib/trusted.js'
import { lastWordsFiles } from '../../link/last-words-files.js'
import { describeRun } from '../../link/run-info.js'
import { runsDirectory } from '../../link/run-name.js'
import { createNoteReader } from '../../link/shared-note.js'
import { aftermath, type LastError, type LastExit, type RunInfo } from '../../model/run.js'
import type { Sample } from '../../model/sample.js'
import { recordedSamples, writeRunRecord } from '../../store/run-records.js'
import type { Service } from '../service.js'
import { createAdopter } from './adopt.js'
import { createBox, makeRunDirectory } from './box.js'
import { timeBetween } from './cause.js'
import { coreSettings } from './core-file.js'
import { readOomCounter } from './oom-kills.js'
import { recordOf } from './record-of.js'
import { newRun, readJson } from './run-files.js'

/** Milliseconds until the next check of runs that are still undecided. */
const lookAgain = 10_000

/**
 * The black box: keeps a small file about the state of this process current, and writes dumps of runs that ended
 * without a stop.
 */
export const blackBox: Service = async ({ api, data, store, announce, onError }) => {
  const { options, blackBox: settings } = data
  if (!settings) return { stop: async () => {} }
  const surroundings = lookAround()
  const ownStart = Date.now() - process.uptime() * 1000
  const info: RunInfo = {
    ...describeRun({
      own: surroundings.own,
      options,
      script: data.instance.script,
      startedAt: settings.startedAt,
      limits: data.limits,
    }),
    oom: readOomCounter(),
    core: coreSettings(),
  }
  const failed = (error: unknown) => onError('write the black box', error)
  const box = createBox({
    dir: options.dir,
    run: settings.run,
    info,
    status: api.status,
    readNote: createNoteReader(settings.note),
    onError: failed,
  })
  const adopter = createAdopter({
    dir: options.dir,
    store,
    maxPerHour: options.limits.maxPerHour,
    captures: options.captures,
    links: options.links,
    explain: options.explain,
    ownRun: settings.run,
    surroundings,
    ownStart,
    announce,
    onError,
  })
  try {
    await makeRunDirectory(options.dir, settings.run, info)
  } catch (error) {
    failed(error) // Each sample tries again.
  }

  let timer: NodeJS.Timeout | undefined
  let looking: Promise<unknown> = Promise.resolve()
  let stopped = false
  function lookIn(ms: number): void {
    timer = setTimeout(() => {
      looking = adopter.look().then(({ undecided }) => {
        if (undecided && !stopped) lookIn(lookAgain)
      })
    }, ms)
    timer.unref()
  }
  // Later: the start of the app does not wait for it.
  lookIn(0)

  let samples: Sample[] = []
  const remember = (sample: Sample) => {
    samples = [...samples.slice(1 - recordedSamples), sample]
  }
  api.on('sample', remember)
  api.on('sample', box.sampled)
  api.on('dump', box.dumped)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      api.off('sample', remember)
      api.off('sample', box.sampled)
      api.off('dump', box.dumped)
      await looking
      await box.close()
      const end: LastExit = { at: Date.now(), steady: monotonic(), code: null }
      let isOver = true
      for (const room of roomsIn(options.dir, runsDirectory))
        isOver = (await endRun(join(room, settings.run), end)) && isOver
      if (!isOver) return
      const run = { ...newRun(settings.run, info, end.at), samples }
      await writeRunRecord(options.dir, recordOf(run, { is: 'stopped', at: end.at, code: null }, null)).catch(error => {
        if (!isMissing(error)) throw error // The directory was removed.
      })
    },
  }
}

/**
 * A stopped run leaves nothing, unless an error came before the stop: then the stop may be how the app dies. Resolves
 * with whether the run is over.
 */
async function endRun(directory: string, end: LastExit): Promise<boolean> {
  const error = await readJson<LastError>(join(directory, lastWordsFiles.error))
  if (!error || Math.abs(timeBetween(error, end)) >= aftermath) {
    await removeTree(directory)
    return true
  }
  try {
    replaceFileSync(join(directory, lastWordsFiles.exit), JSON.stringify(end))
  } catch (cause) {
    if (!isMissing(cause)) throw cause
  }
  return false
}
