import { evidenceKind } from '../model/capture-kind.js'
import type { Finding, Manifest } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'

/** The culprit of a dump. Plain data. */
export interface SureCulprit {
  /** The same for the same culprit in every dump. */
  name: string
  /** Its share of the trouble, 0 to 1: of all CPU time, of the sampled heap, of the calls that wait. */
  sureness: number
}

const ratio = (part: unknown, whole: unknown): number => (Number(whole) > 0 ? Number(part) / Number(whole) : 0)

/** By kind of finding. */
const sureness: Record<string, (data: Record<string, unknown>) => number> = {
  culprit: ({ load }) => Number(load) || 0,
  allocator: ({ bytes, sampledBytes }) => ratio(bytes, sampledBytes),
  'waiting-function': ({ count, total }) => ratio(count, total),
  'outbound-group': ({ count, total }) => ratio(count, total),
}

/** The culprit in the evidence that tells most about the metric; `null` if it names none, or the machine is the cause. */
export function sureCulpritOf({ trigger, summary }: Pick<Manifest, 'trigger' | 'summary'>): SureCulprit | null {
  const { metric } = trigger
  if (metric === null || summary.findings.some(({ kind }) => kind === 'starved')) return null
  const kinds = metricInfo(metric).leading.flatMap(kind => Object.keys(evidenceKind(kind).culprits ?? {}))
  const named = summary.findings.flatMap(({ kind, data }) => {
    const sure = kinds.includes(kind) && data ? sureness[kind]?.(data) : undefined
    return sure === undefined || !data ? [] : [{ name: nameOf(data), sureness: sure }]
  })
  return named.reduce<SureCulprit | null>((best, one) => (best && best.sureness >= one.sureness ? best : one), null)
}

function nameOf(data: NonNullable<Finding['data']>): string {
  const { name, file, target } = (data.function ?? data) as { name?: unknown; file?: unknown; target?: unknown }
  return target === undefined ? `${name} ${file}` : String(target)
}
