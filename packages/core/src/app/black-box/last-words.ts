import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { monotonic } from '../../lib/clock/monotonic.js'
import { atExit, atHandledRejection, atUncaughtException } from '../../lib/exit-hooks.js'
import { learnOwner } from '../../lib/owner.js'
import { cutAtWord, redactError } from '../../lib/redaction/text.js'
import { isOwnDirectory, roomsIn } from '../../lib/rooms.js'
import { markOf, maxTerminationBytes, writeTerminationFile } from '../../lib/termination-file.js'
import { cutBytes } from '../../lib/text.js'
import { createFileSync, replaceFileSync } from '../../lib/trusted.js'
import { lastWordsFiles } from '../../link/last-words-files.js'
import { runsDirectory } from '../../link/run-name.js'
import { type Abort, aftermath, isGraceful, type LastError, type LastExit } from '../../model/run.js'
import { callerOfExit, lastCode } from './caller-of-exit.js'
import { createHandledRejections } from './handled-rejections.js'

const longestMessage = 2000

const longestStack = 16_000

/** Node's exit code for a main module whose top-level `await` never settles. */
const unsettledAwait = 13

interface LastWordsParts {
  now?: () => number
  /** The option of that name. */
  terminationLog?: string | false
  /** Makes the directory of the run, where the monitor thread has not come so far. */
  begin?: () => string | undefined
}

/**
 * App thread: writes the last words of the process into the directory of the run, in a way that changes nothing of its
 * end. Each is one small synchronous write, since there is no later; failures are ignored. The directory is the one
 * that the monitor thread has made, else our own: nobody else is to read it, and no link is to lead it elsewhere.
 */
export function createLastWords(dir: string, run: string, parts: LastWordsParts = {}) {
  const { now = Date.now, terminationLog = false, begin = () => undefined } = parts
  const find = () =>
    roomsIn(dir, runsDirectory)
      .map(room => join(room, run))
      .find(isOwnDirectory)

  function directory(): string | undefined {
    const found = find()
    if (found || !existsSync(join(dir, runsDirectory, run))) return found
    // On a volume that gives every file an owner of its own choice, this thread does not know yet whose ours are.
    learnOwner(dir)
    return find()
  }

  /** @param isEnd the process ends badly, or is about to: then there is a run even where none has begun */
  function write(file: string, words: LastError | LastExit | Abort, isEnd: boolean, put = replaceFileSync): boolean {
    try {
      const at = directory() ?? (isEnd ? begin() : undefined)
      if (at) put(join(at, file), JSON.stringify(words))
      return at !== undefined
    } catch {
      // The directory is gone, or the disk is full. The process has other worries.
      return false
    }
  }

  /** Monotonic milliseconds of the last error that the app thread wrote down. */
  let errorAt = Number.NEGATIVE_INFINITY

  function writeError(words: Omit<LastError, 'name' | 'message' | 'stack'>, error: unknown, isEnd: boolean): boolean {
    const isWritten = write(lastWordsFiles.error, { ...words, ...describe(error) }, isEnd)
    if (isWritten) errorAt = words.steady ?? errorAt
    return isWritten
  }

  /** Kubernetes shows this file instead of the log, which would have the error. */
  function tellKubernetes(error: unknown): void {
    if (terminationLog === false) return
    try {
      const { name, message, stack } = describe(error)
      const text = stack || `${name || 'thrown'}: ${message}`
      writeTerminationFile(terminationLog, cutBytes(`${markOf(process.pid, true)}${text}`, maxTerminationBytes), {
        isUrgent: true,
      })
    } catch {} // Most processes have no such file.
  }

  const onError = (error: unknown, origin: LastError['origin']) => {
    const handled = process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback()
    rejections.ignore()
    writeError({ at: now(), steady: monotonic(), origin, handled }, error, true)
    if (!handled) tellKubernetes(error)
  }
  let isBadExit = false
  const rejections = createHandledRejections((at, reason) =>
    writeError({ ...at, origin: 'unhandledRejection', handled: true }, reason, isBadExit),
  )
  const onExit = (given: number) => {
    const code = lastCode(given)
    isBadExit = !isGraceful(code)
    rejections.flush()
    const stack = callerOfExit(longestStack)
    // A tool that sets its exit code and has nothing left to do gives a verdict.
    const isVerdict = stack === null && code !== unsettledAwait
    write(lastWordsFiles.exit, { at: now(), steady: monotonic(), code, stack }, isBadExit && !isVerdict)
  }

  let forget: (() => void)[] = []
  let forgetExit = () => {}
  const original = process.abort
  function abort(): never {
    const at = { stack: '' }
    Error.captureStackTrace(at, abort)
    write(lastWordsFiles.abort, { at: now(), stack: redactError(String(at.stack), longestStack) }, true)
    return original.call(process)
  }

  return {
    start(): void {
      forget = [
        atUncaughtException(onError as NodeJS.UncaughtExceptionListener),
        atHandledRejection(reason => rejections.hear({ at: now(), steady: monotonic() }, reason)),
      ]
      forgetExit = atExit(onExit)
      // There is no event for it. In a worker thread it only throws.
      if (isMainThread) process.abort = abort
    },
    stop(): void {
      for (const one of forget) one()
      // An app that closes after an error and then exits: with which code tells whether the error ended it.
      const isAftermath = monotonic() - errorAt < aftermath
      forgetExit()
      if (isAftermath) forgetExit = atExit(code => void (monotonic() - errorAt < aftermath && onExit(code)))
      if (process.abort === abort) process.abort = original
      // Where the monitor thread was not there to remove the run.
      write(lastWordsFiles.exit, { at: now(), steady: monotonic(), code: null }, false, createFileSync)
    },
  }
}

/** The thrown value: it may be no error, and may throw itself when looked at. */
function describe(error: unknown): Pick<LastError, 'name' | 'message' | 'stack'> {
  try {
    if (!(error instanceof Error)) return { name: '', message: redactError(String(error), longestMessage), stack: '' }
    const { name, message, cause } = error
    const because = cause instanceof Error ? `\nCaused by: ${shortStack(cause)}` : ''
    return {
      name: redactError(String(name), 200),
      message: redactError(String(message), longestMessage),
      stack: redactError(`${shortStack(error)}${because}`, longestStack),
    }
  } catch {
    return { name: '', message: 'something that cannot be read', stack: '' }
  }
}

/** The stack, which begins with the message. Only the beginning of a long message stays, so that the frames do. */
function shortStack({ stack, message }: Error): string {
  const all = String(stack)
  const at = message.length > longestMessage ? all.indexOf(message) : -1
  if (at < 0) return all.slice(0, 2 * longestStack)
  const frames = all.slice(at + message.length, at + message.length + longestStack)
  return `${all.slice(0, Math.min(at, 200))}${cutAtWord(message, longestMessage)}…${frames}`
}
