import { cut } from '../lib/text.js'
import { duration, withUnit } from '../lib/units.js'
import { headlineOf } from '../model/headline.js'
import type { ArtifactEntry, Finding, Manifest } from '../model/manifest.js'
import { builtinMetrics } from '../model/metric.js'
import type { Crash, OrdinaryEnd, RuleNote, Run } from '../model/run.js'
import type { Sample } from '../model/sample.js'
import { asItIs, type OriginalOf } from './places.js'
import { appPlacesIn, framesOf, inPackage, inShort, isOwnFrame } from './stack-places.js'

/** A dump that was being captured when the process died, and its outcome. */
export interface Unfinished {
  id: string
  saved: ArtifactEntry[]
  /** Names of incomplete files. */
  lost: string[]
  /** The headline of its first manifest, and its findings. */
  said?: string
  findings?: Finding[]
}

/**
 * The first sentence of a crash dump: how the process ended, how it was doing, and which capture the crash cut short.
 */
export function sayCrash(run: Run, ending: Crash, unfinished: Unfinished[]): string {
  const { info, samples } = run
  const up = ending.at - (samples[0] ? Math.min(info.startedAt, samples[0].at) : info.startedAt)
  const parts = [
    `${subject(run)} ${sayEnding(ending)} at ${time(ending.at)}, ${duration(Math.max(0, up))} after its monitor started`,
    sayLast(samples.at(-1), ending.at),
    ...unfinished.map(one => sayUnfinished(one, run)),
    run.app && ending.at - run.app.at >= 100 ? `the requests as of ${duration(ending.at - run.app.at)} before` : null,
  ]
  return parts.filter(part => part !== null).join('; ')
}

/** The headline of a crash dump, the longest form first: which program ended, and how. */
export function nameCrash(run: Run, ending: Crash): string[] {
  const how = sayEnding(ending).replaceAll('file://', '').replace(/,$/, '')
  const short = /^.*?(?= \(|, by |, as | after |$)/s.exec(how)?.[0] ?? how
  const own = 'stack' in ending && ending.stack ? framesOf(ending.stack).find(isOwnFrame) : undefined
  const name = subject(run)
  return [
    `${name} ${how}`,
    ...('error' in ending ? nameError(run, ending) : []),
    ...nameExit(run, ending),
    ...(own === undefined ? [] : [`${name} ${short}, in ${oneLine(own).replaceAll('file://', '')}`]),
    ...('trouble' in ending ? [`${name} ${short}${sayTrouble(ending.trouble)}`] : []),
    `${name} ${short}`,
  ]
}

/** Who threw, and what, come before the word for the number and the end of a long message. */
function nameError(run: Run, ending: Extract<Crash, { error: unknown }>): string[] {
  const { stack, message, name: kind } = ending.error
  const own = framesOf(stack).find(isOwnFrame)
  if (own === undefined) return []
  const { program, process } = run.info
  const whats = [subject(run), program ? `${oneLine(program)} (${process.pid})` : subject(run)].map(
    name => `${name} ended with ${sayThrown(ending)} in ${inShort(oneLine(own))}: ${kind}`,
  )
  return [...[60, 30].flatMap(room => whats.map(what => `${what}: ${cut(oneLine(message), room)}`)), ...whats]
}

/** The library that called `process.exit()`, and who called that; or why nobody did. */
function nameExit(run: Run, ending: Crash): string[] {
  if (ending.is !== 'exit') return []
  const { code, stack } = ending
  const name = subject(run)
  if (code === unsettledAwait && !stack)
    return [`${name} ended with exit code 13: the top-level await of its main module never settled`]
  const [caller] = framesOf(stack ?? '')
  const own = framesOf(stack ?? '').find(isOwnFrame)
  if (caller === undefined || own === undefined || own === caller) return []
  const where = `process.exit() in ${inPackage(oneLine(caller))}`
  const by = inShort(oneLine(own))
  return [
    `${name} ended itself with exit code ${code}: ${where}, called from ${by}`,
    `${name} ended with exit code ${code}: ${where}, by ${by}`,
  ]
}

const sayThrown = ({ is }: Crash): string =>
  is === 'uncaught-exception' ? 'an uncaught exception' : 'an unhandled rejection'

/** The text in the list of runs for a run that ended normally. */
export function sayOrdinaryEnd(run: Run, ending: OrdinaryEnd): string {
  const parts = [`${subject(run)} ${sayHow(run, ending)}`, sayLast(run.samples.at(-1), ending.at)]
  return parts.filter(part => part !== null).join('; ')
}

function sayHow({ samples }: Run, ending: OrdinaryEnd): string {
  const at = time(ending.at)
  if (ending.is === 'stopped')
    return ending.code === null ? `stopped its monitor at ${at}` : `ended with exit code ${ending.code} at ${at}`
  const since = ending.rebooted ? '; the machine was booted anew since' : ''
  return `ended without a word at ${at}, ${samples.length > 0 ? 'nothing was wrong' : 'of which nothing is known'}${since}`
}

/** Several programs may share a directory and a channel of messages, so the name comes first. */
function subject({ info }: Run): string {
  const process = `process ${info.process.pid}`
  return info.program ? `${oneLine(info.program)} (${process})` : process
}

function sayEnding(ending: Crash): string {
  switch (ending.is) {
    case 'uncaught-exception':
    case 'unhandled-rejection': {
      const { name, message, handled } = ending.error
      const code = handled && ending.code !== null ? `, after which a handler ended it with code ${ending.code}` : ''
      return `ended with ${sayThrown(ending)}: ${oneLine([name, message].filter(Boolean).join(': '))}${sayPlace(ending.error.stack)}${code}`
    }
    case 'exit':
      return `ended itself with exit code ${ending.code}${sayExit(ending.code, ending.stack)}`
    case 'abort':
      return `called process.abort()${sayPlace(ending.stack)}`
    case 'reboot':
      return `ran until the machine went down, which was booted anew since${sayTrouble(ending.trouble)}: last heard of`
    case 'native-crash':
      return `crashed in native code (it left the core file ${ending.core})`
    case 'oom-kill': {
      const full =
        ending.rss === null
          ? ''
          : `resident memory at ${withUnit(ending.rss, 'percent')} of ${ending.limit ?? 'the limit'} in its last sample`
      return ending.kills === null
        ? `was probably killed by the kernel for want of memory (${full}, and no last words)`
        : `was killed by the kernel for want of memory (the control group counts ${ending.kills} more OOM ${ending.kills === 1 ? 'kill' : 'kills'}${full && `, ${full}`})`
    }
    case 'heap-out-of-memory': {
      const full = ending.heap === null ? '' : `the JavaScript heap was ${withUnit(ending.heap, 'percent')} full`
      return ending.reported === null
        ? `probably ran out of JavaScript heap (${full} at the end, and no last words)`
        : `ran out of JavaScript heap (Node's report: ${oneLine(ending.reported)}${full && `; ${full}`})`
    }
    case 'killed': {
      const handled = ending.handledSignals.length > 0 ? ` (it handles ${ending.handledSignals.join(', ')})` : ''
      return `was killed without a word, by SIGKILL, another signal that it does not handle${handled} or a crash in native code,${sayTrouble(ending.trouble)}`
    }
  }
}

/** Enough for one sentence. */
const maxTrouble = 3

function sayTrouble(trouble: string[]): string {
  return trouble.length > 0 ? ` after ${trouble.slice(0, maxTrouble).map(oneLine).join(', ')}` : ''
}

/** Node's exit code for a main module whose top-level `await` never settles. */
const unsettledAwait = 13

function sayExit(code: number, stack: string | null | undefined): string {
  if (code === unsettledAwait && !stack)
    return ', as nothing was left to do and the top-level await of its main module had not settled,'
  if (stack === null) return ', as nothing was left to do and process.exitCode was set,'
  if (!stack) return ''
  const [caller] = framesOf(stack)
  const own = framesOf(stack).find(isOwnFrame)
  const from = own !== undefined && own !== caller ? `, called from ${oneLine(own)}` : ''
  return caller === undefined ? '' : `, by process.exit() in ${oneLine(caller)}${from},`
}

/** ` in readConfig (file:///app/server.js:12:3)`: the first frame of the app's own in a stack, if there is one. */
function sayPlace(stack: string): string {
  const frames = framesOf(stack)
  const own = frames.find(isOwnFrame) ?? frames[0]
  return own === undefined ? '' : ` in ${oneLine(own)}`
}

function sayLast(sample: Sample | undefined, at: number): string | null {
  if (!sample) return 'it ended before its first sample'
  const figures = Object.entries(builtinMetrics).flatMap(([metric, { unit, inSentence, inList = inSentence }]) => {
    const value = sample.values[metric]
    // Nothing of a kind is no news at the end, but an idle CPU is.
    return value === null || value === undefined || (value === 0 && metric !== 'cpu')
      ? []
      : [`${inList} ${withUnit(value, unit)}`]
  })
  const blocked = sample.blockedFor ? `event loop blocked for ${duration(sample.blockedFor)}` : ''
  const before = at - sample.at >= 100 ? ` ${duration(at - sample.at)} before` : ''
  return `last sample${before}: ${[...figures, ...(blocked ? [blocked] : [])].join(', ') || 'all at rest'}`
}

function sayUnfinished({ id, saved, lost, said }: Unfinished, { capture }: Run): string {
  const files = (names: string[]) => names.join(', ')
  const kept = saved.length > 0 ? `${files(saved.map(({ file }) => file))} saved` : 'nothing of it was whole'
  const gone = lost.length > 0 ? `, ${files(lost)} lost` : ''
  const waited = capture?.id === id && capture.pending.length > 0 ? `, waiting for the ${files(capture.pending)}` : ''
  const so = said === undefined ? '' : `, it said so far: "${oneLine(said)}"`
  return `the dump ${id} was being captured${waited}: ${kept}${gone}${so}`
}

/** The findings behind `sayCrash`. */
export function findInCrash(
  run: Run,
  ending: Crash,
  unfinished: Unfinished[],
  cwd = process.cwd(),
  originalOf: OriginalOf = asItIs,
): Finding[] {
  const stack = 'error' in ending ? ending.error.stack : 'stack' in ending ? ending.stack : null
  return [
    { kind: 'crash', text: sayEnding(ending), data: { cause: ending.is, ...ending } },
    ...(stack ? [findLastWords(stack, cwd, originalOf)] : []),
    ...findRules(run.rules),
    ...unfinished.map(one => ({
      kind: 'unfinished-dump',
      text: sayUnfinished(one, run),
      data: { id: one.id, lost: one.lost, ...(one.said !== undefined && { said: one.said }) },
    })),
  ]
}

/** What a dump said that the process had finished not long before: often of the trouble that it died of. */
export function findLastDump({ id, createdAt, summary }: Manifest, ending: Crash): Finding {
  const before = duration(Math.max(0, ending.at - Date.parse(createdAt)))
  const text = `its dump ${id}, begun ${before} before the end, says: "${oneLine(headlineOf(summary))}"`
  return { kind: 'last-dump', text, data: { id } }
}

/** With the innermost function of the app, and the one that called it. */
function findLastWords(stack: string, cwd: string, originalOf: OriginalOf): Finding {
  const [first, second] = appPlacesIn(stack, cwd, originalOf)
  const data = { ...(first && { function: first }), ...(second && { calledBy: second }) }
  return { kind: 'last-words', text: stack, ...(first && { data }) }
}

/** A capture keeps all rules from judging: to say so of each says nothing. */
function findRules(rules: RuleNote[]): Finding[] {
  const judged = rules.filter(({ state }) => state !== 'capturing')
  const text = 'the rules were not judged in the end: a capture was in progress'
  const silent = judged.length < rules.length ? [{ kind: 'rule', text, data: { state: 'capturing' } }] : []
  return [...judged.map(findRule), ...silent]
}

function findRule({ metric, rule, state, reason }: RuleNote): Finding {
  return { kind: 'rule', text: `${metric} ${rule}: ${reason}`, data: { metric, rule, state } }
}

const time = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 300)
