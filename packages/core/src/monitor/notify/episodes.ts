import { isStarvedAlone } from '../../analysis/starved.js'
import type { SureCulprit } from '../../analysis/sure-culprit.js'
import { matchingStates } from '../../model/decision.js'
import type { Finding } from '../../model/manifest.js'
import { metricInfo } from '../../model/metric.js'
import type { Status } from '../../model/status.js'
import { ruleOf } from '../../rules/table.js'
import type { Message } from './message.js'

/** A lasting problem, told once. Plain data: it outlives the process, so that a crash loop is one episode too. */
export interface Episode {
  /** The time of the first dump. All times are of the `QueueClock`, in milliseconds. */
  since: number
  /** The time of its last sign. */
  seenAt: number
  /** `null`: not yet. */
  toldAt: number | null
  dumps: number
  /** The message about it. */
  message: Message
  /** The culprit of the message that was sent last. */
  culprit?: SureCulprit | null
  /** A later dump has named a surer culprit, and that was told. */
  amended?: true
  /** Its end is not announced. */
  endsUntold?: true
}

export type Episodes = Readonly<Record<string, Episode>>

/** Effects of the machine or a quota on the event loop: no fix in the app helps, so this makes one message an hour. */
const starved = 'starved'

const minute = 60_000

const hour = 60 * minute

/** So long hiccups have to go on until a message tells them: a single one is over when somebody reads of it. */
const lasting = 5 * minute

/** A longer episode is told again with its next dump, as Alertmanager does by default. */
const repeatAfter = (name: string) => (name === starved ? hour : 4 * hour)

/** The episode of a dump; `null` for a dump requested by hand, which is an event of its own. */
export function episodeOf(
  { metric, rule }: { metric: string | null; rule: string },
  findings: readonly Finding[] = [],
): string | null {
  if (rule === 'manual') return null
  if (isStarvedAlone(findings)) return starved
  if (metric === null) return rule
  return ruleOf(rule)?.episode ?? metricInfo(metric).family ?? metric
}

/** A culprit of a later dump is surer if it explains so much, and so much more than the one that was told. */
const surer = { explains: 0.5, more: 0.25 }

/** Once for each message that was sent: more would be noise. */
function isSurer({ amended, culprit: told }: Episode, culprit: SureCulprit | null): boolean {
  if (amended || culprit === null || culprit.name === told?.name) return false
  return culprit.sureness >= Math.max(surer.explains, (told?.sureness ?? 0) + surer.more)
}

/** Whether a dump makes a message of its own. */
function isDue(name: string, open: Episode | undefined, now: number, isHiccup: boolean): boolean {
  if (open && open.toldAt !== null) return now - open.toldAt >= repeatAfter(name)
  return !isHiccup || (open !== undefined && now - open.since >= lasting)
}

/**
 * Records a dump. `isNews`: its message must be sent; `amends`: as an update of the message that was sent before.
 *
 * @param isHiccup whether the dump alone is worth no message
 */
export function dumped(
  episodes: Episodes,
  name: string,
  message: Message,
  now: number,
  culprit: SureCulprit | null = null,
  isHiccup = false,
): { episodes: Episodes; isNews: boolean; amends: boolean } {
  const open = episodes[name]
  const isNews = isDue(name, open, now, isHiccup)
  const amends = open !== undefined && !isNews && isSurer(open, culprit)
  const episode: Episode =
    !open || isNews
      ? {
          since: now,
          seenAt: now,
          toldAt: isNews ? now : null,
          dumps: 1,
          message,
          culprit,
          ...(name === starved && { endsUntold: true as const }),
        }
      : {
          ...open,
          seenAt: now,
          dumps: open.dumps + 1,
          message: { ...message, id: open.message.id },
          ...(amends && { culprit, amended: true as const }),
        }
  return { episodes: { ...episodes, [name]: episode }, isNews, amends }
}

/** The episodes with a rule that still matches: they continue without dumps, until their rules are armed again. */
export function stillMatching(metrics: Status['metrics']): Set<string> {
  const names = Object.entries(metrics).flatMap(([metric, { rules }]) =>
    Object.entries(rules).flatMap(([rule, { state }]) =>
      matchingStates.has(state) ? [episodeOf({ metric, rule })] : [],
    ),
  )
  return new Set(names.filter(name => name !== null))
}

/** Ends episodes that have been quiet for `quiet` milliseconds, and keeps those that `matching` names. */
export function passed(
  episodes: Episodes,
  matching: Set<string>,
  now: number,
  quiet: number,
): { episodes: Episodes; over: Episode[] } {
  const seen = Object.entries(episodes).map(([name, one]): [string, Episode] => [
    name,
    matching.has(name) ? { ...one, seenAt: now } : one,
  ])
  // A told episode is remembered until it may be told again.
  const isOver = ([name, { seenAt, toldAt }]: [string, Episode]) =>
    now - seenAt >= quiet && (name !== starved || toldAt === null || now - toldAt >= hour)
  return {
    episodes: Object.fromEntries(seen.filter(one => !isOver(one))),
    over: seen.filter(isOver).map(([, episode]) => episode),
  }
}
