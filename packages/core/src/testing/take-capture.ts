import type { Evidence } from '../model/evidence.js'
import type { Capture, CaptureContext } from '../monitor/captures/capture.js'

/**
 * All that a capture gives, in the order of a dump: the files kept on the way, the result, and the files from before.
 */
export async function takeCapture(capture: Pick<Capture, 'take'>, context: CaptureContext): Promise<Evidence[]> {
  const kept: Evidence[] = []
  const rest = await capture.take({ ...context, keep: piece => void kept.push(piece) })
  const isBefore = ({ phase }: Evidence) => phase === 'before'
  return [...kept.filter(piece => !isBefore(piece)), ...rest, ...kept.filter(isBefore)]
}
