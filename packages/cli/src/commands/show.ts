import type { ArtifactEntry, CapturingDump, Manifest } from '@autodump/core'
import { captureKinds, evidenceKind, headlineOf } from '@autodump/core/rules'
import { askJson, type Target } from '../answers.js'
import { clean, cleanDeep } from '../clean.js'
import { heading, printCloserLook } from '../closer-look.js'
import { detailsOf, sourceIn } from '../dump-details.js'
import { wholeId } from '../dump-ids.js'
import { CliError } from '../errors.js'
import { duration, figure, size, time } from '../format.js'
import type { Output } from '../output.js'
import { table } from '../table.js'
import { capturedNow, dumpsOf, type TargetOptions } from '../target.js'

export interface ShowOptions extends TargetOptions {
  markdown?: boolean
}

export async function show(text: string, options: ShowOptions, output: Output): Promise<void> {
  if (options.markdown && !output.json) return (await import('./explain.js')).explain(text, options, output)
  const { dump, target } = await readDump(text, options, output)
  if (output.json) return output.printJson(dump)
  if (dump.state === 'capturing') return sayCapturing(cleanDeep(dump) as CapturingDump, output)
  const manifest = dump as Manifest
  sayManifest(cleanDeep(manifest), output)
  await saySource(manifest.id, target, output)
  printCloserLook(await detailsOf(manifest, target), output)
  sayFiles(cleanDeep(manifest), output)
}

async function readDump(
  text: string,
  options: TargetOptions,
  output: Output,
): Promise<{ dump: Manifest | CapturingDump; target: Target }> {
  const read = async (id: string, target: Target) => ({
    dump: await askJson<Manifest | CapturingDump>(target, `/dumps/${encodeURIComponent(id)}`),
    target,
  })
  try {
    const target = await dumpsOf(options, output)
    return await read(await wholeId(text, target), target)
  } catch (error) {
    const captured = error instanceof CliError && error.exit === 'notFound' && (await capturedNow(text, options))
    if (!captured) throw error
    return read(captured.id, captured.target)
  }
}

function sayCapturing({ id, createdAt, trigger, pending }: CapturingDump, output: Output): void {
  output.print(`${output.paint('bold', id)}  capturing`)
  output.print(`began     ${time(createdAt)}: ${trigger.reason}`)
  if (pending.length > 0) output.print(`waits for ${pending.join(', ')}`)
}

function sayManifest(manifest: Manifest, output: Output): void {
  const { id, createdAt, state, trigger, process, summary } = manifest
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
}

/** As the process saw it: its files may be on no other machine. */
async function saySource(id: string, target: Target, output: Output): Promise<void> {
  const report = await target.ask(`/dumps/${encodeURIComponent(id)}/report.md`).then(
    answer => answer.text(),
    () => '',
  )
  const lines = sourceIn(report)
  if (lines.length === 0) return
  heading('Source', output)
  for (const line of lines) output.print(`  ${clean(line)}`)
}

function sayFiles({ id, artifacts }: Manifest, output: Output): void {
  const { paint } = output
  heading('Files', output)
  const rows = artifacts.map(artifact => {
    const pause = artifact.pauseMs === undefined ? '' : duration(artifact.pauseMs)
    const { file, kind, phase, bytes, error } = artifact
    return artifact.state === 'complete'
      ? [file, kind, phase, size(bytes), pause, viewersOf(kind)]
      : [file || '-', kind, phase, paint('red', 'failed'), '', error ?? '']
  })
  output.print(table(output, ['FILE', 'KIND', 'PHASE', 'SIZE', 'PAUSE', 'OPEN WITH'], rows))
  output.print()
  output.print(paint('dim', `autodump pull ${id} copies them; show --markdown prints the report`))
}

/** A dump of a newer version may have kinds that this one does not know. */
const viewersOf = (kind: ArtifactEntry['kind']) =>
  captureKinds.includes(kind) ? evidenceKind(kind).opensWith.join(', ') : ''
