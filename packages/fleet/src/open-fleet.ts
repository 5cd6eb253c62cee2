import { type AdminHandler, AutodumpError } from '@autodump/core'
import { serveDumps } from '@autodump/core/control'
import type { OpenBucket } from '@autodump/core/object-store'
import { createBucketDumps } from './bucket-dumps.js'
import type { FleetCache } from './cache.js'
import { createCatalogue } from './catalogue.js'
import { createDumpSamples } from './dump-samples.js'
import { createFaultMarks } from './fault-marks.js'
import { createFleetFaults } from './faults.js'
import { createIndexTexts, type IndexTexts, type KeptTexts } from './index-texts.js'
import { createLinks } from './links.js'
import { createReplay } from './replay.js'
import { saidInWords } from './said-in-words.js'
import { readShares } from './shares.js'

export interface FleetOptions {
  /** Gets a sentence for each object of the bucket that is left out, once each. @default nothing */
  onProblem?(text: string): void
  /** Whether faults may be ignored, resolved and noted, which the bucket keeps. @default false */
  writable?: boolean
  /** Whether downloads may be links to the store, which grant reading the file for a minute. @default false */
  links?: boolean
  /** The file of an earlier server on disk. @default all is read from the store */
  cache?: FleetCache
  /** The users who may look, and the path. @default no token is needed, and the routes are at the root */
  admin?: Parameters<typeof serveDumps>[0]['admin']
}

/**
 * The admin API over the dumps in a bucket, of all services and instances: lists, manifests, artifacts, archives and
 * pprof, and the dashboard. It only reads, but for marks of faults; calls that need a process are refused with 503. The
 * id of a dump has the process in it: `20261129T030000000Z-7-cpu-spike.5f2a90c1`; the id that the process gave is
 * enough where it is the only one.
 */
export function openFleet(
  given: OpenBucket,
  { onProblem = () => {}, writable = false, links = false, cache, admin }: FleetOptions = {},
): AdminHandler {
  const bucket = { ...given, store: saidInWords(given.store) }
  const told = new Set<string>()
  const catalogue = createCatalogue({
    ...bucket,
    ...(cache && { saved: cache.cached.catalogue }),
    onProblem(text) {
      if (told.has(text)) return
      told.add(text)
      onProblem(text)
    },
  })
  const kept: KeptTexts = new Map(cache?.cached.texts)
  const read = createIndexTexts(bucket.store, kept)
  const textsOf: IndexTexts = async listed => {
    const texts = await read(listed)
    cache?.keep(`${catalogue.known().count} ${kept.size}`, () => ({ catalogue: catalogue.save(), texts: [...kept] }))
    return texts
  }
  const { place } = bucket.store
  const readOnly = async (): Promise<never> => {
    throw new AutodumpError('CONFLICT', `${place} is only read here: remove dumps with the tools of the store`)
  }
  const { keyOf, manifestOf, ...dumps } = createBucketDumps(bucket, catalogue, textsOf)
  return serveDumps({
    place,
    calls: () => ({
      ...dumps,
      runs: async () => [],
      ...createFleetFaults({ catalogue, textsOf, marks: createFaultMarks(bucket), writable }),
      remove: readOnly,
      setPinned: readOnly,
    }),
    bucket: {
      replay: createReplay({
        catalogue,
        samplesOf: createDumpSamples({ manifestOf, ...(cache && { file: cache.samples }) }),
      }),
      shares: (query, signal) => readShares(bucket, query, signal),
      ...(links && { link: createLinks(bucket.store, keyOf) }),
    },
    count: () => ({ dumps: catalogue.known().count, bytes: 0 }),
    ...(admin && { admin }),
  })
}
