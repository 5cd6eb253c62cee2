import { join } from 'node:path'
import { monotonic } from '../../lib/clock/monotonic.js'
import { isMissing } from '../../lib/files.js'
import { lookAround } from '../../lib/process-life.js'
import { removeTree, roomsIn } from '../../lib/rooms.js'
import { replaceFileSync } from '../../lib/trusted.js'
import { lastWordsFiles } from '../../link/last-words-files.js'
import { runsDirectory } from '../../link/run-name.js'
import { createNoteReader } from '../../link/shared-note.js'
import type { LastError, LastExit, RunInfo } from '../../model/run.js'
import type { Service } from '../service.js'
import { createAdopter } from './adopt.js'
import { createBox, makeRunDirectory } from './box.js'
import { aftermath, timeBetween } from './cause.js'
import { reportSettings } from './node-report.js'
import { readOomCounter } from './oom-kills.js'
import { readJson } from './run-files.js'

/** Milliseconds until runs are looked at again of which it could not be told whether they have ended. */
const lookAgain = 10_000

/**
 * The black box: keeps a small file current that says how this process is doing, and makes dumps of the runs that ended
 * without having been stopped.
 */
export const blackBox: Service = async ({ api, data, store, announce, onError }) => {
  const { options, blackBox: settings } = data
  if (!settings) return { stop: async () => {} }
  const surroundings = lookAround()
  const ownStart = Date.now() - process.uptime() * 1000
  const info: RunInfo = {
    process: surroundings.own,
    startedAt: settings.startedAt,
    uptime: Math.max(0, Math.round((settings.startedAt - ownStart) / 1000)),
    node: process.version,
    v8: process.versions.v8,
    interval: options.interval,
    labels: options.labels,
    limits: { ...data.limits },
    report: reportSettings(),
    oom: readOomCounter(),
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
    ownRun: settings.run,
    surroundings,
    ownStart,
    announce,
    onError,
  })
  try {
    await makeRunDirectory(options.dir, settings.run, info)
  } catch (error) {
    failed(error) // It is tried again with each sample.
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
  // Not now: the start of the app does not wait for it.
  lookIn(0)

  api.on('sample', box.sampled)
  api.on('dump', box.dumped)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      api.off('sample', box.sampled)
      api.off('dump', box.dumped)
      await looking
      await box.close()
      for (const room of roomsIn(options.dir, runsDirectory)) await endRun(join(room, settings.run))
    },
  }
}

/** A run that was stopped leaves nothing, unless an exception came before that: then the stop is how the app dies. */
async function endRun(directory: string): Promise<void> {
  const error = await readJson<LastError>(join(directory, lastWordsFiles.error))
  const stopped: LastExit = { at: Date.now(), steady: monotonic(), code: null }
  if (!error || Math.abs(timeBetween(error, stopped)) >= aftermath) return removeTree(directory)
  try {
    replaceFileSync(join(directory, lastWordsFiles.exit), JSON.stringify(stopped))
  } catch (cause) {
    if (!isMissing(cause)) throw cause
  }
}
