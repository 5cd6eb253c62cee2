import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactEntry, Manifest } from '@autodump/core'
import { analyseFile, type CpuDetails, type FileAnalysis } from '@autodump/core/analysis'
import { metricInfo } from '@autodump/core/rules'
import { askJson, type Target } from './answers.js'
import { fetchFile, pathOf } from './fetch-file.js'

/** Larger files are for `pull` and `analyze`, in bytes. */
const largest = 64 * 1024 ** 2

/** From this busy share on, functions are worth a word: where the CPU is the question, and where it is not. */
const worthWord = { asked: 0.05, other: 0.3 }

const isOfMemory = (metric: string | null) => metric !== null && metricInfo(metric).leading.includes('heap-profile')

const isOfCpu = (metric: string | null) => metric === null || metricInfo(metric).leading.includes('cpu-profile')

/** The details in the evidence of a dump beyond its findings. Where it may not be read, there is less. */
export async function detailsOf(
  manifest: Manifest,
  target: Target,
): Promise<Pick<FileAnalysis, 'cpu' | 'allocators' | 'holders'>> {
  const directory = await mkdtemp(join(tmpdir(), 'autodump-show-'))
  const analyse = async (artifact: ArtifactEntry | undefined): Promise<Partial<FileAnalysis>> => {
    if (!artifact || artifact.bytes > largest) return {}
    return analyseFile(await fetchFile(target, manifest.id, artifact.file, directory))
  }
  const quietly = (work: Promise<Partial<FileAnalysis>>) => work.catch((): Partial<FileAnalysis> => ({}))
  const { metric } = manifest.trigger
  const ofKind = (kind: ArtifactEntry['kind']) =>
    manifest.artifacts.filter(one => one.kind === kind && one.state === 'complete' && one.thread === undefined)
  try {
    const memory = isOfMemory(metric) ? await quietly(analyse(ofKind('heap-profile').at(-1))) : {}
    const profiles = isOfMemory(metric)
      ? []
      : ofKind('cpu-profile').sort((a, b) => Number(a.phase === 'before') - Number(b.phase === 'before'))
    let cpu: CpuDetails | undefined
    for (const profile of profiles) cpu ??= busy((await quietly(analyse(profile))).cpu, isOfCpu(metric))
    const [holding] = ofKind('holders')
    const holders = holding
      ? await askJson<FileAnalysis['holders']>(target, pathOf(manifest.id, holding.file)).catch(() => undefined)
      : undefined
    return {
      ...(cpu && { cpu }),
      ...(memory.allocators && { allocators: memory.allocators }),
      ...(holders && { holders }),
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function busy(cpu: CpuDetails | undefined, isAsked: boolean): CpuDetails | undefined {
  const least = isAsked ? worthWord.asked : worthWord.other
  return cpu && cpu.functions.length > 0 && cpu.busyMs >= least * cpu.windowMs ? cpu : undefined
}

/** The source lines that the report of a dump shows, without the fences of Markdown. */
export function sourceIn(report: string): string[] {
  const lines = report.split('\n')
  const start = lines.indexOf('## Source')
  if (start < 0) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(line => line.startsWith('## '))
  const section = rest.slice(0, end < 0 ? rest.length : end)
  return section.filter(line => line !== '' && !/^`{3,}/.test(line)).map(line => line.replace(/^`+(.*?)`+(?=,)/, '$1'))
}
