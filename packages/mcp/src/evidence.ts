import type { ArtifactEntry, DumpPage, FaultGroup, Manifest } from '@autodump/core'
import { costsOf, type FunctionCost } from '@autodump/core/analysis'

/** Asks the admin API of a process, a directory or a bucket: `path` is below its prefix. Rejects for anything but success. */
export type AskApi = (path: string) => Promise<Response>

/** Bytes of a profile that is looked at. */
const largest = 64 * 1024 ** 2

const id = (dump: string) => encodeURIComponent(dump)

export const listFaults = async (ask: AskApi): Promise<FaultGroup[]> =>
  ((await (await ask('/faults')).json()) as { faults: FaultGroup[] }).faults

export async function listDumps(ask: AskApi, query: Record<string, string | number | undefined>): Promise<DumpPage> {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value))
  return (await (await ask(`/dumps?${given}`)).json()) as DumpPage
}

const manifestOf = async (ask: AskApi, dump: string): Promise<Manifest> =>
  (await (await ask(`/dumps/${id(dump)}`)).json()) as Manifest

export const explainDump = async (ask: AskApi, dump: string): Promise<string> =>
  (await ask(`/dumps/${id(dump)}/report.md`)).text()

async function artifactOf(ask: AskApi, dump: string, { file, bytes }: ArtifactEntry): Promise<unknown> {
  if (bytes > largest) throw new Error(`${file} has ${bytes} bytes, which is too much to read here`)
  return (await ask(`/dumps/${id(dump)}/${encodeURIComponent(file)}`)).json()
}

async function pick(ask: AskApi, dump: string, kind: string, file?: string): Promise<ArtifactEntry> {
  const { artifacts = [] } = await manifestOf(ask, dump)
  const there = artifacts.filter(one => one.kind === kind && one.state !== 'failed')
  const found = file === undefined ? there.at(-1) : there.find(one => one.file === file)
  if (found) return found
  const others = artifacts.map(one => `${one.file} (${one.kind})`).join(', ') || 'nothing'
  throw new Error(`the dump has no ${file ?? kind}; it has ${others}`)
}

export interface TopFunctions {
  dump: string
  file: string
  ms: number
  busyMs: number
  functions: (FunctionCost & { ownPercent: number; totalPercent: number })[]
}

/** The functions that were on the CPU in a dump's profile, by their own time. */
export async function topFunctions(ask: AskApi, dump: string, limit: number, file?: string): Promise<TopFunctions> {
  const entry = await pick(ask, dump, 'cpu-profile', file)
  const profile = (await artifactOf(ask, dump, entry)) as Parameters<typeof costsOf>[0]
  // The paths are those of the process, of which only the profile is here.
  const { ms, busyMs, functions } = costsOf(profile, '/')
  const percent = (part: number) => Math.round((1000 * part) / Math.max(busyMs, 1)) / 10
  return {
    ...{ dump, file: entry.file, ms: Math.round(ms), busyMs: Math.round(busyMs) },
    functions: functions.slice(0, limit).map(one => ({
      ...one,
      ownMs: Math.round(one.ownMs),
      totalMs: Math.round(one.totalMs),
      ownPercent: percent(one.ownMs),
      totalPercent: percent(one.totalMs),
    })),
  }
}

/** The holders of the heap, and the findings of the heap profile. */
export async function holders(ask: AskApi, dump: string): Promise<unknown> {
  const manifest = await manifestOf(ask, dump)
  const entry = manifest.artifacts?.find(one => one.kind === 'holders' && one.state !== 'failed')
  const findings = manifest.summary.findings.filter(({ kind }) => /heap|memory|holder|leak|collection/.test(kind))
  if (!entry && findings.length === 0) throw new Error('the dump says nothing about the heap')
  return { findings, ...(entry && { holders: await artifactOf(ask, dump, entry) }) }
}

export interface ComparedFunctions {
  before: string
  after: string
  functions: { name: string; file: string; line: number; beforePercent: number; afterPercent: number }[]
}

/** The shares of the functions in two dumps' profiles, those that differ most first. */
export async function compareDumps(
  ask: AskApi,
  before: string,
  after: string,
  limit: number,
): Promise<ComparedFunctions> {
  const [old, now] = [await topFunctions(ask, before, 1000), await topFunctions(ask, after, 1000)]
  const key = ({ name, file }: FunctionCost) => `${name}\0${file}`
  const shares = new Map<string, ComparedFunctions['functions'][number]>()
  for (const [list, side] of [
    [old, 'beforePercent'],
    [now, 'afterPercent'],
  ] as const)
    for (const one of list.functions) {
      const { name, file, line } = one
      const known = shares.get(key(one)) ?? { name, file, line, beforePercent: 0, afterPercent: 0 }
      // Anonymous functions of one file are one row.
      shares.set(key(one), { ...known, line, [side]: Math.round(10 * (known[side] + one.ownPercent)) / 10 })
    }
  const difference = (one: ComparedFunctions['functions'][number]) => Math.abs(one.afterPercent - one.beforePercent)
  const functions = [...shares.values()].sort((a, b) => difference(b) - difference(a)).slice(0, limit)
  return { before, after, functions }
}

/** The newest dump of a version with a CPU profile. */
export async function dumpOfVersion(ask: AskApi, version: string, service?: string): Promise<string> {
  for (let cursor: string | undefined, pages = 0; pages < 10; pages++) {
    const { dumps, next } = await listDumps(ask, { limit: 100, version, service, cursor })
    const found = dumps.find(({ artifacts }) => artifacts.some(({ kind }) => kind === 'cpu-profile'))
    if (found) return found.id
    if (next === undefined) break
    cursor = next
  }
  throw new Error(`there is no dump of version ${version} with a CPU profile`)
}
