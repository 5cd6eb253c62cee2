import { cut, oneLine } from '../../lib/text.js'
import { withUnit } from '../../lib/units.js'
import { headlineOf } from '../../model/headline.js'
import type { Manifest, TriggerInfo } from '../../model/manifest.js'
import type { Unit } from '../../model/metric.js'

/**
 * The message about an episode: words and figures, never artifacts. The JSON format sends it unchanged, so a change
 * here is a change of that format.
 */
export interface Message {
  /** The same at every attempt, so that a receiver can recognise a message that came twice. */
  id: string
  /**
   * `episode.started` with its first dump, `episode.updated` when a later dump names a surer culprit, `episode.ended`
   * when further dumps came after the first.
   */
  type: 'episode.started' | 'episode.updated' | 'episode.ended'
  /** Of a message that follows: the `id` of the one that began the episode, or told of it again. */
  first?: string
  /** ISO 8601, UTC. */
  at: string
  /** One line. Messages that an older version has queued lack it. */
  headline?: string
  /** All that the dump says, in sentences. */
  summary: string
  /** The dump that the message is about: the first of the episode, or its last. */
  dump: string
  /** The page of the dump; `null` without `notify.publicUrl`. */
  link: string | null
  /** The page of the trace that the dump is about, where `links.trace` is set. */
  trace?: string
  /** The directory of the dumps on `process.host`. */
  dir: string
  trigger: Pick<TriggerInfo, 'metric' | 'value' | 'mean' | 'threshold' | 'unit' | 'reason'> & { rule: string }
  process: { pid: number; host: string; labels: Record<string, string> }
  episode: {
    /** ISO 8601, UTC. */
    since: string
    dumps: number
  }
}

/** The message for a dump that begins an episode. */
export function startMessage(
  id: string,
  manifest: Manifest,
  place: { dir: string; publicUrl: string | null },
): Message {
  const { metric, rule, value, mean, threshold, unit, reason } = manifest.trigger
  const { pid, host, labels } = manifest.process
  return {
    id,
    type: 'episode.started',
    at: manifest.createdAt,
    headline: oneLine(headlineOf(manifest.summary)),
    summary: oneLine(manifest.summary.text),
    dump: manifest.id,
    link: linkTo(manifest.id, place.publicUrl),
    ...traceOf(manifest),
    dir: place.dir,
    trigger: { metric, rule, value, mean, threshold, unit, reason: oneLine(reason) },
    process: { pid, host, labels },
    episode: { since: manifest.createdAt, dumps: 1 },
  }
}

function traceOf({ summary }: Manifest): Pick<Message, 'trace'> {
  const url = summary.findings.find(({ kind }) => kind === 'trace')?.data?.traceUrl
  return typeof url === 'string' ? { trace: url } : {}
}

export const linkTo = (dump: string, publicUrl: string | null): string | null =>
  publicUrl === null ? null : `${publicUrl}/dumps/${dump}`

/** E.g. `autodump: cpu watermark on box-1`. */
function titleOf({ type, trigger, process }: Message): string {
  const what = trigger.metric === null ? trigger.rule : `${trigger.metric} ${trigger.rule}`
  return oneLine(`autodump: ${what} on ${process.host}${type === 'episode.ended' ? ' is over' : ''}`)
}

/** The first line: the trouble, or its end. */
export function headOf(message: Message): string {
  const { type, headline } = message
  if (type === 'episode.ended' || headline === undefined) return titleOf(message)
  return type === 'episode.updated' ? `A surer culprit: ${headline}` : headline
}

/** Lines of evidence that a person reads in a chat, and characters of each. */
const evidence = { lines: 3, characters: 500 }

/** The evidence: the first sentences of the summary, without a repetition of the headline. */
export function evidenceOf(message: Message): string[] {
  const sentences = message.summary.split(/(?<=[.!?…]) (?=\S)/)
  return (
    sentences
      // Services refuse a message with an empty part.
      .filter(sentence => sentence.trim() !== '' && sentence.replace(/\.$/, '') !== message.headline)
      .slice(0, evidence.lines)
      .map(sentence => cut(sentence, evidence.characters))
  )
}

/** Which program, which figures and which dump, on one line. */
export const sourceOf = (message: Message): string =>
  [titleOf(message), ...factsOf(message).map(([name, value]) => `${name}: ${cut(value, 200)}`)].join(' · ')

/** The figures as pairs of name and value, for people. */
function factsOf({ trigger, process, dump, dir, link, trace }: Message): [name: string, value: string][] {
  const { metric, value, mean, threshold } = trigger
  const show = (figure: number) => withUnit(figure, trigger.unit as Unit)
  const beside = [
    ...(mean === null ? [] : [`mean ${show(mean)}`]),
    ...(threshold === null ? [] : [`threshold ${show(threshold)}`]),
  ]
  const facts: [string, string][] = []
  if (metric !== null && value !== null) {
    facts.push([metric, beside.length > 0 ? `${show(value)} (${beside.join(', ')})` : show(value)])
  }
  facts.push(['process', `${process.pid} on ${process.host}`])
  const labels = Object.entries(process.labels).map(([name, label]) => `${name}=${label}`)
  if (labels.length > 0) facts.push(['labels', labels.join(', ')])
  facts.push(['dump', dump])
  if (trace !== undefined) facts.push(['trace', trace])
  if (link === null) facts.push(['directory', dir])
  return facts.map(([name, fact]) => [oneLine(name), cut(oneLine(fact), 500)])
}
