import { gzipSync } from 'node:zlib'
import { emptyTableToken, Label, Mapping, Profile, Sample, StringTable, ValueType } from 'pprof-format'
import { addressLimit } from './address.js'
import type { CallNode } from './call-node.js'
import { createSymbols, mappingId } from './symbols.js'

export interface PprofOptions {
  /** Start of the profile, in milliseconds since 1970. A V8 profile does not say. @default unknown */
  time?: number
  /** End of the profile, if only that is known. */
  until?: number
  /** Free text; `go tool pprof -comments` shows it. */
  comments?: string[]
  /** More samples lose the smallest, which become one. @default all are kept */
  maxSamples?: number
}

/** The values of one stack. */
export interface StackSample {
  node: CallNode
  /** The running line, if it is known; otherwise the function's first. */
  line?: number
  /** In the order of `sampleTypes`. */
  values: [number, number]
  /** Texts that hold for this sample only. */
  labels?: Record<string, string>
}

export interface PprofContent {
  /** Type and unit, e.g. `['cpu', 'nanoseconds']`; the first is the ranking for readers that know no default. */
  sampleTypes: [[string, string], [string, string]]
  /** The sample type that readers show by default. */
  defaultType: string
  periodType: [string, string]
  /** Distance of samples in the unit of `periodType`; 0: unknown. */
  period: number
  durationNanos: number
  samples: StackSample[]
}

/**
 * pprof writes out the whole stack of each sample, where V8 has a tree: depth times samples, without any bound. Above
 * this number of frames the longest stacks lose their outermost ones. V8's stacks have at most 255 frames, so that
 * takes more than 60,000 different stacks of that length. The result has at most 50 MB before compression, in about two
 * seconds.
 */
export const maxFrames = 16_000_000

/** Frames that are encoded at once, so that only a few of them are objects at any time. */
const framesPerPiece = 20_000

/** Go's own level: higher levels take longer and save little here. */
const level = 1

/** The bytes of a `.pb.gz`: https://github.com/google/pprof/blob/main/proto/profile.proto, gzipped. */
export function encodePprof(given: PprofContent, options: PprofOptions, frameBudget = maxFrames): Uint8Array {
  const content = { ...given, samples: largest(given.samples, options.maxSamples) }
  const strings = new StringTable()
  const symbols = createSymbols(strings)
  const valueType = ([type, unit]: [string, string]) =>
    new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) })
  const longest = longestStack(
    content.samples.map(sample => sample.node.depth),
    frameBudget,
  )

  function stack({ node, line }: StackSample): number[] {
    const length = Math.min(node.depth, longest)
    const locationId = new Array<number>(length)
    locationId[0] = symbols.location(node, line)
    let caller = node.parent
    for (let index = 1; caller; index++) {
      const cut = index === length - 1 && caller.parent
      locationId[index] = cut ? symbols.note('(outer frames left out)') : symbols.location(caller)
      caller = cut ? undefined : caller.parent
    }
    return locationId
  }

  const labelsOf = (labels: Record<string, string>) =>
    Object.entries(labels).map(([key, text]) => new Label({ key: strings.dedup(key), str: strings.dedup(text) }))

  // Protobuf messages one after the other are one message with the lists of all of them.
  const pieces: Uint8Array[] = []
  let piece: Sample[] = []
  let frames = 0
  function endPiece() {
    pieces.push(new Profile({ sample: piece, stringTable: new StringTable(emptyTableToken) }).encode())
    piece = []
    frames = 0
  }
  for (const sample of content.samples) {
    const locationId = stack(sample)
    piece.push(
      new Sample({ locationId, value: sample.values, ...(sample.labels && { label: labelsOf(sample.labels) }) }),
    )
    frames += locationId.length
    if (frames >= framesPerPiece) endPiece()
  }
  endPiece()

  const rest = new Profile({
    sampleType: content.sampleTypes.map(valueType),
    defaultSampleType: strings.dedup(content.defaultType),
    periodType: valueType(content.periodType),
    period: content.period,
    durationNanos: content.durationNanos,
    timeNanos: BigInt(Math.max(0, Math.round(beganAt(content, options)))) * 1_000_000n,
    comment: options.comments?.map(comment => strings.dedup(comment)),
    mapping: [
      new Mapping({
        id: mappingId,
        memoryLimit: addressLimit,
        filename: strings.dedup('node'),
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
      }),
    ],
    function: symbols.functions,
    location: symbols.locations,
    stringTable: strings,
  })
  return gzipSync(Buffer.concat([...pieces, rest.encode()]), { level })
}

/** Epoch milliseconds; 0 if unknown. */
function beganAt({ durationNanos }: PprofContent, { time, until }: PprofOptions): number {
  if (time !== undefined) return time
  return until === undefined ? 0 : until - durationNanos / 1e6
}

/** At most so many samples: the smallest become one without a stack of its own, so that the sum stays. */
function largest(samples: StackSample[], most = Number.POSITIVE_INFINITY): StackSample[] {
  if (samples.length <= most) return samples
  const sorted = samples.toSorted((a, b) => b.values[0] - a.values[0] || b.values[1] - a.values[1])
  const rest = sorted.slice(most - 1)
  const sum = (index: 0 | 1) => rest.reduce((total, { values }) => total + values[index], 0)
  const node = {
    frame: { name: '(small stacks left out)', url: '', line: 0 },
    parent: undefined,
    depth: 1,
    locationId: 0,
  }
  return [...sorted.slice(0, most - 1), { node, values: [sum(0), sum(1)] }]
}

/** The largest stack length that keeps all stacks together within the budget. */
function longestStack(depths: number[], budget: number): number {
  const frames = (length: number) => depths.reduce((sum, depth) => sum + Math.min(depth, length), 0)
  let high = depths.reduce((longest, depth) => Math.max(longest, depth), 2)
  if (frames(high) <= budget) return high
  // Never below two: a function, and a mark that frames are missing.
  let low = 2
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (frames(middle) <= budget) low = middle
    else high = middle - 1
  }
  return low
}
