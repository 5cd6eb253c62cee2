import { createHash } from 'node:crypto'
import type { Fault } from '../model/fault.js'
import type { Finding, Manifest, TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'

/** Kinds of findings that name a culprit, by the evidence that says most about the metric. The first that is there counts. */
const culprits = {
  requests: ['waiting-function', 'outbound-group', 'request-group', 'culprit', 'hot-before'],
  memory: ['holder', 'allocator'],
  code: ['starved', 'spin', 'culprit', 'hot-before', 'request-group'],
}

/**
 * The fault that a dump shows. The fingerprint goes by names that stay: no line, since each release moves those, no
 * host, no figures. Error trackers group by the same parts of a stack.
 */
export function faultOf({ trigger, summary }: Pick<Manifest, 'trigger' | 'summary'>): Fault {
  const { metric, rule } = trigger
  const culprit = culpritIn(trigger, summary.findings)
  const family = (metric === null ? null : metricInfo(metric).family) ?? metric ?? rule
  // A spike and a watermark are two ways to see one fault.
  const kind = rule === 'spike' || rule === 'watermark' ? 'level' : rule
  const hash = createHash('sha256').update(JSON.stringify([family, kind, culprit ?? '']))
  return { fingerprint: hash.digest('hex').slice(0, 12), title: culprit ?? titleOf(trigger) }
}

/** Where nobody is to blame. */
function titleOf({ metric, rule }: TriggerInfo): string {
  if (metric !== null) return `${metricInfo(metric).title}, culprit unknown`
  return rule === 'manual' ? 'Captured by hand' : 'Crash, cause unknown'
}

function culpritIn({ metric, rule }: TriggerInfo, findings: Finding[]): string | null {
  const cause = findings.find(({ kind }) => kind === 'crash')?.data?.cause
  if (rule === 'crash') return typeof cause === 'string' ? cause : null
  const leading = metric === null ? [] : metricInfo(metric).leading
  const kinds = leading.includes('heap-profile')
    ? culprits.memory
    : leading.includes('requests')
      ? culprits.requests
      : culprits.code
  for (const kind of kinds) {
    const name = nameIn(findings.find(one => one.kind === kind))
    if (name !== null) return name
  }
  return null
}

/** `hash (src/orders.js)`, `GET /orders/:id`, `postgres db.local:5432`. */
function nameIn(finding: Finding | undefined): string | null {
  if (!finding) return null
  const { kind, data = {} } = finding
  if (kind === 'starved') return 'the machine or the CPU quota'
  const code = (data.function ?? data) as { name?: unknown; file?: unknown; path?: unknown }
  if (typeof code.path === 'string') return code.path
  if (typeof code.name === 'string')
    return typeof code.file === 'string' && code.file ? `${code.name} (${code.file})` : code.name
  if (typeof data.route === 'string') return `${data.method} ${data.route}`
  if (typeof data.target === 'string') return `${data.kind} ${data.target}`
  return null
}
