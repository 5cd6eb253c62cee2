import { setTimeout as pause } from 'node:timers/promises'
import type { CapturingDump, Manifest } from '@autodump/core'
import { askJson, type Target } from '../answers.js'
import { clean } from '../clean.js'
import { CliError } from '../errors.js'
import { duration } from '../format.js'
import type { Output } from '../output.js'
import { monitorOf, type TargetOptions } from '../target.js'

export interface TriggerOptions extends TargetOptions {
  capture?: string[]
  duration?: number
  reason?: string
  wait: boolean
}

/** Milliseconds between two looks at a dump that is being captured. */
const lookEvery = 250

export async function trigger(options: TriggerOptions, output: Output): Promise<void> {
  const target = await monitorOf(options)
  const { capture, duration: length, reason } = options
  const begun = await askJson<{ id: string; state: 'capturing' }>(target, '/trigger', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ capture, duration: length, reason }),
  })
  if (!options.wait) return output.json ? output.printJson(begun) : output.print(clean(begun.id))

  const manifest = await settled(target, begun.id, output)
  if (output.json) output.printJson(manifest)
  else {
    output.print(clean(manifest.summary.text))
    output.note(manifest.id)
  }
  if (manifest.state === 'failed') throw new CliError('failure', `nothing could be captured for ${manifest.id}`)
}

async function settled(target: Target, id: string, output: Output): Promise<Manifest> {
  const began = Date.now()
  try {
    for (;;) {
      const dump = await askJson<Manifest | CapturingDump>(target, `/dumps/${encodeURIComponent(id)}`)
      if (dump.state !== 'capturing') return dump as Manifest
      const { pending, taking = [] } = dump as CapturingDump
      const kinds = taking.length > 0 ? `, ${taking.map(({ kind }) => kind).join(', ')}` : ''
      const waits = pending.length > 0 ? `, waits for ${pending.join(', ')}` : ''
      output.progress(`capturing ${id}: ${duration(Date.now() - began)}${kinds}${waits}`)
      await pause(lookEvery)
    }
  } catch (error) {
    if (error instanceof CliError && error.exit === 'notFound')
      throw new CliError('failure', `${id} was given up: status says why`)
    throw error
  } finally {
    output.progress(null)
  }
}
