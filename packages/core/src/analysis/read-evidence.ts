import type { AsyncStacksEvidence } from '../model/async-stacks.js'
import type { AsyncWaitEvidence } from '../model/async-wait.js'
import { type CaptureKind, evidenceKind } from '../model/capture-kind.js'
import type { FramesEvidence } from '../model/frames.js'
import type { HeapEvidence } from '../model/heap-profile.js'
import type { HoldersEvidence } from '../model/holders.js'
import type { ArtifactEntry } from '../model/manifest.js'
import type { RequestsEvidence } from '../model/request-table.js'
import { findInAsyncStacks, nameWaiting, sayAsyncStacks, type WaitingRequests } from './async-stacks.js'
import { findInAsyncWait, sayAsyncWait } from './async-wait.js'
import { findInFrames, sayFrames } from './frames.js'
import { analyseHeap } from './heap.js'
import { findInHolders, nameHolding, sayHolders } from './holders.js'
import { findInRequests, isPile, namePile, onlyRoute, sayInFlight, sayOutbound } from './requests.js'
import { errorOf, leads, type Question, type Said } from './said.js'
import { readCpu } from './say-cpu.js'
import { findInHeap, nameHolder, sayMemory } from './say-memory.js'
import { findTrace, sayTrace } from './traces.js'

/** How one kind of evidence is read. */
interface Reader {
  /** `values`: of each of its pieces, see `Evidence.value`. Called if there is one. `read`: the kinds before it. */
  read(values: unknown[], question: Question, read: ReadEvidence, all: ReadonlyMap<CaptureKind, unknown[]>): Said
  /** It has something to say of the samples alone. */
  readsSamples?: true
  /** Its sentences repeat those of the kinds given, in other words. */
  unless?: readonly CaptureKind[]
}

/** The readers, in the order of their sentences unless the metric has leading kinds. */
const readers: Partial<Record<CaptureKind, Reader>> = {
  'cpu-profile': {
    readsSamples: true,
    read: (values, question, _read, all) =>
      readCpu(values, question, all.get('async-wait')?.[0] as AsyncWaitEvidence | undefined),
  },
  frames: {
    read([frames], { isStarved, cwd, originalOf }) {
      const value = frames as FramesEvidence
      const said = isStarved ? null : sayFrames(value, cwd, originalOf)
      return {
        findings: findInFrames(value, cwd, originalOf),
        sentences: said ? [`at that moment ${said}`] : [],
        who: [],
      }
    },
  },
  'async-stacks': {
    read([stacks], { samples, at, cwd, originalOf }) {
      const value = stacks as AsyncStacksEvidence
      const requests = waitingAt(samples, at)
      const said = sayAsyncStacks(value, cwd, originalOf, requests)
      return {
        findings: findInAsyncStacks(value, cwd, originalOf),
        sentences: said ? [said] : [],
        who: nameWaiting(value, cwd, originalOf, requests),
      }
    },
  },
  requests: {
    read([table], { trigger, cwd, originalOf }) {
      const value = table as RequestsEvidence
      const isAsked = trigger.metric === 'inFlight' || trigger.metric === 'streams'
      const gone = isAsked ? 'they were gone when the table was taken' : null
      const inFlight = sayInFlight(value, trigger.metric)
      const outbound = sayOutbound(value, leads(trigger, 'requests'), cwd, originalOf)
      const route = onlyRoute(value)
      return {
        findings: [...findInRequests(value, cwd, originalOf), ...findTrace(value)],
        sentences: [inFlight ?? gone, outbound, sayTrace(value)].filter(text => text !== null),
        who: [],
        ...(route && { route }),
        pile: namePile(value, trigger.metric, cwd, originalOf),
        isPile: isPile(value),
      }
    },
  },
  'async-wait': {
    // Those show the current waits; a sum over the capture is the next best.
    unless: ['async-stacks', 'requests'],
    read([waits], { cwd, originalOf }) {
      const value = waits as AsyncWaitEvidence
      const said = sayAsyncWait(value, cwd, originalOf)
      return { findings: findInAsyncWait(value, cwd, originalOf), sentences: said ? [said] : [], who: [] }
    },
  },
  holders: {
    read([holders], { cwd, originalOf }) {
      const value = holders as HoldersEvidence
      const said = sayHolders(value, cwd, originalOf)
      return {
        findings: findInHolders(value, cwd, originalOf),
        sentences: said ? [said] : [],
        who: nameHolding(value, cwd, originalOf),
      }
    },
  },
  'heap-profile': {
    read([first, later], { trigger, cwd, originalOf }, read) {
      const newest = (later ?? first) as HeapEvidence
      const heap = analyseHeap([first as HeapEvidence, later as HeapEvidence | undefined], cwd, originalOf)
      return {
        findings: findInHeap(heap, newest),
        sentences: sayMemory(heap, newest, trigger.metric === 'heap', isKnown(read.get('holders'))),
        who: nameHolder(heap),
      }
    },
  },
}

function waitingAt(samples: Question['samples'], at: number): WaitingRequests {
  const { inFlight, longPolls } = samples.findLast(sample => sample.at <= at)?.values ?? {}
  return { longPolls: longPolls ?? 0, others: (inFlight ?? 0) - (longPolls ?? 0) }
}

export type ReadEvidence = ReadonlyMap<CaptureKind, Said>

const table = Object.entries(readers) as [CaptureKind, Reader][]

const readKinds = table.map(([kind]) => kind)

/** The verdict of each kind that was captured, in the order of the table. */
export function readEvidence(evidence: ReadonlyMap<CaptureKind, unknown[]>, question: Question): ReadEvidence {
  const said = new Map<CaptureKind, Said>()
  for (const [kind, reader] of table) {
    const values = evidence.get(kind) ?? []
    const isThere = values.some(value => value !== undefined)
    if (!isThere && !reader.readsSamples) continue
    const verdict = reader.read(values, question, said, evidence)
    if (isThere || verdict.sentences.length > 0) said.set(kind, verdict)
  }
  return said
}

const isKnown = (said: Said | undefined): boolean => (said?.sentences.length ?? 0) > 0

/** The kinds, the leading ones of the metric first. */
export function inOrder(question: Pick<Question, 'trigger'>): CaptureKind[] {
  const { trigger } = question
  const leading = readKinds.filter(kind => leads(trigger, kind))
  return [...leading, ...readKinds.filter(kind => !leading.includes(kind))]
}

/** The sentences of all kinds, those of failed captures among them. */
export function sentencesOf(said: ReadEvidence, failures: readonly ArtifactEntry[], question: Question): string[] {
  const order: CaptureKind[] = [...inOrder(question), 'heap-snapshot']
  return order.flatMap(kind => {
    const repeats = readers[kind]?.unless?.some(other => (said.get(other)?.sentences.length ?? 0) > 0)
    const sentences = repeats ? [] : (said.get(kind)?.sentences ?? [])
    const error = errorOf(kind, failures)
    if (error === undefined)
      return sentences.length > 0 || kind !== 'heap-profile' || isKnown(said.get('holders'))
        ? sentences
        : unknownHolder(question)
    const failed = `the ${evidenceKind(kind).inSentence} failed: ${error}`
    // The table of a thread that answers no more is the one of the black box.
    const [first, ...more] = sentences
    return kind === 'requests' && first ? [`before it fell silent ${first}`, ...more, failed] : [...sentences, failed]
  })
}

const unknownHolder = ({ trigger }: Question): string[] =>
  leads(trigger, 'heap-profile') ? ['who allocates is not known, since no heap profile was captured'] : []
