import type { Decision, Manifest, Sample, Status } from '@autodump/core'
import { headlineOf, metricInfo } from '@autodump/core/rules'
import { askJson } from '../answers.js'
import { clean, cleanDeep } from '../clean.js'
import { CliError } from '../errors.js'
import { figure, time } from '../format.js'
import type { Output } from '../output.js'
import { serverEvents } from '../sse.js'
import { monitorOf, type TargetOptions } from '../target.js'
import { statusText } from './status.js'

/** A stream has a comment every 15 seconds at the latest. */
const silence = 45_000

/** Follows a process until `q`, Ctrl-C, or its end: on a terminal one screen that is drawn anew, else a line an event. */
export async function top(options: TargetOptions, output: Output): Promise<void> {
  const target = await monitorOf(options)
  const leaving = new AbortController()
  const screen = output.json || output.width === null ? undefined : openScreen(output, () => leaving.abort())
  const leave = () => leaving.abort()
  process.once('SIGINT', leave).once('SIGTERM', leave)
  try {
    const { body } = await target.ask('/stream', { timeout: silence, signal: leaving.signal })
    for await (const { event, data } of serverEvents(body as unknown as AsyncIterable<Uint8Array>)) {
      if (output.json) output.printJson({ event, data }, 0)
      else if (!screen) printLine(event, cleanDeep(data), output)
      else if (event === 'status') screen.draw(data as Status)
      // The event says less than the status: not what the rules make of it.
      else if (event === 'sample') screen.draw(await askJson<Status>(target, '/status'))
    }
    throw new CliError('unreachable', `${target.name} has ended`)
  } catch (error) {
    if (!leaving.signal.aborted) throw error
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave)
    screen?.close()
  }
}

function printLine(event: string, data: unknown, output: Output): void {
  if (event === 'sample') {
    const { at, values, blockedFor } = data as Sample
    // Without a space within a figure, so that the line can be taken apart at its spaces.
    const figures = Object.entries(values).map(
      ([metric, value]) => `${metric}=${figure(value, metricInfo(metric).unit).replace(' ', '')}`,
    )
    const blocked = blockedFor ? ` blocked=${Math.round(blockedFor)}ms` : ''
    output.print(`${time(at)} ${figures.join(' ')}${blocked}`)
  } else if (event === 'decision') {
    const { at, metric, fire, rules } = data as Decision
    if (fire) output.print(`${time(at)} ${metric} ${rules[fire].reason}`)
  } else if (event === 'dump') {
    const { id, summary } = data as Manifest
    output.print(`${time(Date.now())} ${headlineOf(summary)} (dump ${id})`)
  }
}

/** The alternate screen, so that the terminal looks as before when it is closed. */
function openScreen(output: Output, onQuit: () => void) {
  const { stdout } = output
  const { stdin } = process
  const onKeys = (keys: Buffer) => {
    // In raw mode Ctrl-C and Ctrl-D come as keys.
    if (['q', '\u0003', '\u0004'].some(key => keys.includes(key))) onQuit()
  }
  if (stdin.isTTY) {
    stdin.setRawMode(true)
    stdin.on('data', onKeys)
  }
  // No cursor, and no wrapping: a long line must not push the others out of place.
  stdout.write('\u001b[?1049h\u001b[?25l\u001b[?7l')
  return {
    draw(status: Status) {
      const sized = { ...output, width: stdout.columns }
      const rows = stdout.rows - 2
      const lines = statusText(cleanDeep(status), sized, rows).split('\n').slice(0, rows)
      const foot = output.paint('dim', `${clean(time(status.sample?.at ?? Date.now()))} UTC   q quits`)
      stdout.write(`\u001b[H${[...lines, foot].map(line => `${line}\u001b[K`).join('\n')}\u001b[J`)
    },
    close() {
      stdout.write('\u001b[?7h\u001b[?25h\u001b[?1049l')
      if (!stdin.isTTY) return
      stdin.off('data', onKeys)
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}
