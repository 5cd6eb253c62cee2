import type { CapturingDump, Manifest } from '@autodump/core'
import { headlineOf } from '@autodump/core/rules'
import { cleanDeep } from '../clean.js'
import { CliError } from '../errors.js'
import { duration, figure, size, time } from '../format.js'
import type { Output } from '../output.js'
import { table } from '../table.js'
import { askJson, capturerOf, dumpsOf, type TargetOptions } from '../target.js'

export async function show(id: string, options: TargetOptions, output: Output): Promise<void> {
  const dump = await readDump(id, options, output)
  if (output.json) return output.printJson(dump)
  if (dump.state === 'capturing') sayCapturing(cleanDeep(dump) as CapturingDump, output)
  else sayManifest(cleanDeep(dump) as Manifest, output)
}

async function readDump(id: string, options: TargetOptions, output: Output): Promise<Manifest | CapturingDump> {
  const path = `/dumps/${encodeURIComponent(id)}`
  const target = await dumpsOf(options, output)
  return askJson<Manifest | CapturingDump>(target, path).catch(async error => {
    const capturer = error instanceof CliError && error.exit === 'notFound' && (await capturerOf(id, options))
    if (!capturer) throw error
    return askJson<Manifest | CapturingDump>(capturer, path)
  })
}

function sayCapturing({ id, createdAt, trigger, pending }: CapturingDump, output: Output): void {
  output.print(`${output.paint('bold', id)}  capturing`)
  output.print(`began     ${time(createdAt)}: ${trigger.reason}`)
  if (pending.length > 0) output.print(`waits for ${pending.join(', ')}`)
}

function sayManifest(manifest: Manifest, output: Output): void {
  const { id, createdAt, state, trigger, process, artifacts, summary } = manifest
  const { paint, print } = output
  const labels = Object.entries(process.labels ?? {}).map(([name, value]) => `${name}=${value}`)
  const { metric, rule, value, mean, unit } = trigger
  const figures = metric ? ` (${metric} ${figure(value, unit)}, mean ${figure(mean, unit)})` : ''
  const headline = headlineOf(summary)
  print(paint('bold', headline))
  if (summary.text.replace(/\.$/, '') !== headline) print(summary.text)
  print()
  print(`id        ${id}`)
  print(`state     ${state === 'complete' ? state : paint('yellow', state)}`)
  print(`time      ${time(createdAt)} UTC`)
  print(`trigger   ${rule}${figures}: ${trigger.reason}`)
  print(`process   ${process.pid} on ${process.host}, Node ${process.node}, up for ${duration(process.uptime * 1000)}`)
  if (labels.length > 0) print(`labels    ${labels.join(', ')}`)
  const findings = summary.findings.filter(({ text }) => text !== '')
  if (findings.length > 0) {
    print()
    print(paint('bold', 'Findings'))
    for (const { text } of findings) print(`- ${text}`)
  }
  print()
  const rows = artifacts.map(artifact => {
    const pause = artifact.pauseMs === undefined ? '' : duration(artifact.pauseMs)
    const { file, kind, phase, bytes, error } = artifact
    return artifact.state === 'complete'
      ? [file, kind, phase, size(bytes), pause]
      : [file || '-', kind, phase, paint('red', 'failed'), error ?? '']
  })
  print(table(output, ['FILE', 'KIND', 'PHASE', 'SIZE', 'PAUSE'], rows))
}
