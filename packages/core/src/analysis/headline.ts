import { compact } from '../lib/numerals.js'
import { capitalised, cut, oneLine } from '../lib/text.js'
import { duration, percent, rounded, type Unit } from '../lib/units.js'
import type { CaptureKind } from '../model/capture-kind.js'
import { longestHeadline } from '../model/headline.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { MetricInfo } from '../model/metric-info.js'
import { ruleOf } from '../rules/table.js'
import { clip } from './name-culprit.js'
import type { ReadEvidence } from './read-evidence.js'
import { leads } from './said.js'

/** A lock screen shows about as much. */
export const headlineLimits = { words: 25, characters: longestHeadline } as const

/** Milliseconds. A shorter block does not explain why requests pile up. */
const explainsPile = 1000

const room = { reason: 60, route: 50 }

export interface HeadlineParts {
  trigger: TriggerInfo
  /** The block that began before the trigger, in milliseconds; 0 without one. */
  blockedFor: number
  /** Whether that block is not over. */
  isBlocked: boolean
  /** The finding that the thread was starved of CPU time, if it was. */
  starved: Finding | undefined
  /** The monitor thread's own observation as the rule fired. */
  atTrigger: readonly Finding[]
  said: ReadEvidence
  /** The kinds, the leading ones of the metric first. */
  order: readonly CaptureKind[]
}

/** One line for somebody at three in the morning: what, how bad, who. */
export function composeHeadline(parts: HeadlineParts): string {
  return fit(candidates(parts))
}

/** The first text that fits, else the beginning of the last one. */
export function fit(texts: readonly string[]): string {
  const clean = texts.map(text => capitalised(oneLine(text)))
  return clean.find(fits) ?? cutWords(clean.at(-1) ?? '')
}

const wordsOf = (text: string) => text.split(/\s+/)

const fits = (text: string) => text.length <= headlineLimits.characters && wordsOf(text).length <= headlineLimits.words

function cutWords(text: string): string {
  const words = wordsOf(text)
  const kept = words.length > headlineLimits.words ? `${words.slice(0, headlineLimits.words).join(' ')}…` : text
  return cut(kept, headlineLimits.characters)
}

/** The longest form first. */
function candidates({ trigger, blockedFor, isBlocked, starved, atTrigger, said, order }: HeadlineParts): string[] {
  const { metric, rule, reason, value } = trigger
  if (rule === 'crash') return [reason]
  if (starved) return sayStarved(starved)
  const named = order.map(kind => said.get(kind)?.who ?? []).find(names => names.length > 0) ?? []
  const cpu = said.get('cpu-profile')?.who ?? []
  const pile = pileOf(said)
  const stoodFor = Math.max(blockedFor, metric === 'eventLoopDelay' ? (value ?? 0) : 0)
  const explains = leads(trigger, 'requests') && blockedFor >= explainsPile && cpu.length > 0
  if (stoodFor > 0 && (leads(trigger, 'cpu-profile') || explains)) {
    const route = said.get('requests')?.route
    return sayBlock(whatStands(stoodFor, isBlocked, route), cpu, route ? [] : pile)
  }
  if (metric === null || value === null) return byHand(reason, blockedFor, named.length > 0 ? named : pile)
  const trouble = ruleOf(rule)?.inHeadline
  if (trouble) return sayGrowth(trouble, trigger, named)
  if (leads(trigger, 'requests') && pile.length > 0) return pile
  if (atTrigger.length > 0) return [...atTrigger.slice(0, 1).map(({ text }) => text), sayRisen(trigger, metric)]
  const isProfiled = (said.get('cpu-profile')?.findings.length ?? 0) > 0
  // Where code is to be named and none can be, the requests that pile up say more than that.
  const behind = said.get('requests')?.isPile ? pile : []
  const nobody = isProfiled ? ['no single function stands out'] : []
  // Work of the thread pool has no function; who waits for it has one.
  const elsewhere = said.get('cpu-profile')?.isElsewhere ? behind.map(one => `not in the main thread, ${one}`) : []
  const spread = cpu.length === 0 ? [...behind, ...nobody] : [...elsewhere, ...cpu]
  return sayMetric(trigger, metric, leads(trigger, 'cpu-profile') ? spread : named)
}

function whatStands(ms: number, lasts: boolean, route: string | undefined): string {
  const long = duration(ms)
  const who = route ? clip(route, room.route) : 'The event loop'
  if (lasts) return `${who} has ${route ? 'blocked the server' : 'stood still'} for ${long} and still does`
  return `${who} ${route ? 'blocks the server' : 'stood still'} for ${long}`
}

function sayBlock(what: string, who: string[], pile: string[]): string[] {
  const inFlight = pile.slice(-1).map(text => `${what} while ${text}`)
  return [...who.map(one => `${what}: ${one}`), ...(who.length === 0 ? inFlight : []), what]
}

function pileOf(said: ReadEvidence): string[] {
  const [waitsIn = ''] = said.get('async-stacks')?.who ?? []
  return (said.get('requests')?.pile ?? []).map(form => form(waitsIn))
}

function byHand(reason: string, blockedFor: number, who: string[]): string[] {
  const what = reason === 'by hand' ? 'Captured by hand' : `Captured by hand (${clip(reason, room.reason)})`
  const blocked = blockedFor > 0 ? `, the event loop stood still for ${duration(blockedFor)}` : ''
  return [...who.map(one => `${what}${blocked}: ${one}`), `${what}${blocked}`]
}

function sayStarved({ data = {} }: Finding): string[] {
  const { waited, delay, throttled, quota } = data as {
    waited: number
    delay: number
    throttled: number
    quota: number | null
  }
  const cause =
    throttled > waited / 2 ? `the CPU quota${quota === null ? '' : ` of ${rounded(quota)} cores`}` : 'the machine'
  const what = `Starved by ${cause}, not blocked by code`
  return [`${what}: the app waited ${duration(waited)} of ${duration(delay)} for a CPU`, what]
}

/** The figures are in the reason of the leak rule alone: see `compareLeak`. */
function sayGrowth(what: string, { reason, metric }: TriggerInfo, who: string[]): string[] {
  const [, rate] = /grew by ([^()]+? per \w+)/.exec(reason) ?? []
  const [, left] = /limit\w* is (.+?) away/.exec(reason) ?? []
  const grows = rate ? `${metric === 'rss' ? 'memory' : 'heap'} +${rate}` : null
  const full = left ? `full in ${left}` : null
  const figures = [grows, full].filter(Boolean).join(', ')
  return [...who.map(one => `${what}: ${one}${figures && `; ${figures}`}`), `${what}${figures && `: ${figures}`}`]
}

function sayMetric(trigger: TriggerInfo, metric: string, who: string[]): string[] {
  const risen = sayRisen(trigger, metric)
  const { mean, unit } = trigger
  const isBesideMean = mean !== null && ruleOf(trigger.rule)?.inclusive === false
  const usual = isBesideMean ? `${risen} (usually ${figure(mean, unit ?? 'value')})` : null
  return [...who.flatMap(one => [...(usual ? [`${usual}: ${one}`] : []), `${risen}: ${one}`]), usual ?? risen, risen]
}

function sayRisen({ value, unit }: TriggerInfo, metric: string): string {
  const { inHeadline }: MetricInfo = metricInfo(metric)
  return inHeadline.replace('{}', () => figure(value ?? 0, unit ?? 'value'))
}

/** As people say it: `91%`, `1.2 s`, `520`, `85.9B`. */
function figure(value: number, unit: Unit): string {
  if (unit === 'percent') return percent(value / 100)
  if (unit === 'ms') return duration(value)
  return Math.abs(value) >= 100_000 ? compact(value) : rounded(value)
}
