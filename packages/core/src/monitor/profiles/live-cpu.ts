import { mergeProfiles } from '../../formats/merge.js'
import { cpuProfileToPprof } from '../../formats/pprof/cpu.js'
import { AutodumpError } from '../../lib/errors.js'
import { orLate } from '../../lib/patience.js'
import type { AppLink } from '../../link/app-link.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { CpuProfile } from '../../model/cpu-profile.js'
import { startOf } from '../profilers/start-of.js'
import { readWindow } from '../recorder/flight-recorder.js'
import { createWindows } from '../recorder/windows.js'

/** Seconds of CPU profile that an answer has at most. */
const longest = 60

/** Bytes of windows that are kept for answers: a usual minute is a tenth of it. */
const mostBytes = 8 * 1024 ** 2

/** Milliseconds for which windows are kept after an answer. */
const lasting = 600_000

/** Milliseconds that an answer waits for the app thread: less where it has windows to answer with. */
const patience = { withWindows: 2000, without: 20_000 }

export interface LiveCpuParts {
  /** Whether the flight recorder runs. */
  isRecording(): boolean
  /** Milliseconds of a window. */
  window: number
  openLink(): Promise<AppLink>
  /** Ends the window in progress, which then comes by `hear`. */
  rotate(link: AppLink): Promise<unknown>
  /** Records a profile that lasts so many milliseconds, where no recorder runs. */
  record(link: AppLink, ms: number, signal: AbortSignal): Promise<CpuProfile>
  /** Microseconds on the clock of the windows. */
  now(): number
}

/**
 * CPU profiles of the last seconds, out of the windows that the flight recorder has recorded anyway. Ten requests cost
 * as much as one: they get the same bytes until the next window comes.
 */
export function createLiveCpu(parts: LiveCpuParts) {
  let askedAt = Number.NEGATIVE_INFINITY
  // A minute of windows is kept only after a request.
  const isAsked = () => parts.now() - askedAt < lasting * 1000
  const windows = createWindows(() => (isAsked() ? longest * 1000 : 2 * parts.window), mostBytes)
  const ending = new AbortController()
  /** Answers of the newest window, by the number of windows in them. */
  let answers = new Map<number, Uint8Array>()
  let recording: Promise<Uint8Array> | undefined
  let asking: Promise<unknown> | undefined

  async function withLink<T>(work: (link: AppLink) => Promise<T>): Promise<T> {
    const link = await parts.openLink()
    try {
      return await work(link)
    } finally {
      link.close()
    }
  }

  /** The event loop is blocked, or the recorder has just begun: then the window in progress has the wanted time. */
  async function catchUp(): Promise<void> {
    const newest = windows.list().at(-1)
    if (newest && parts.now() - newest.endedAt < 2 * parts.window * 1000) return
    asking ??= withLink(parts.rotate)
      .catch(() => {}) // It is told where it failed; the answer says that there is none.
      .finally(() => {
        asking = undefined
      })
    await orLate(newest ? patience.withWindows : patience.without, asking)
  }

  async function recorded(seconds: number): Promise<Uint8Array> {
    await catchUp()
    const all = windows.list()
    const newest = all.at(-1)
    if (!newest) throw new AutodumpError('BUSY', 'nothing is recorded yet: ask again in some seconds')
    const wanted = all.filter(({ endedAt }) => endedAt > newest.endedAt - seconds * 1e6)
    const known = answers.get(wanted.length)
    if (known) return known
    const bytes = toPprof(mergeProfiles(wanted.map(readWindow)))
    answers.set(wanted.length, bytes)
    return bytes
  }

  function recordOnce(seconds: number): Promise<Uint8Array> {
    recording ??= withLink(link => parts.record(link, seconds * 1000, ending.signal))
      .then(toPprof)
      .finally(() => {
        recording = undefined
      })
    return recording
  }

  return {
    hear(window: RecordedWindow): void {
      if (windows.add(window)) answers = new Map()
    },
    pprof(seconds: number): Promise<Uint8Array> {
      const wanted = Math.min(longest, seconds)
      askedAt = parts.now()
      return parts.isRecording() ? recorded(wanted) : recordOnce(wanted)
    },
    close: () => ending.abort(),
  }
}

const toPprof = (profile: CpuProfile) => cpuProfileToPprof(profile, { time: startOf(profile) })
