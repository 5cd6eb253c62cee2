// What a program in TypeScript writes against each entry of @autodump/core.
import {
  AutodumpError,
  createAdminHandler,
  createMonitor,
  createNodeListener,
  type Manifest,
  type Monitor,
  type Options,
  type Status,
} from '@autodump/core'
import { analyseFile, type FileAnalysis } from '@autodump/core/analysis'
import { askInstance, listInstances } from '@autodump/core/control'
import '@autodump/core/register'
import { defaultThresholds, type Replay, replay } from '@autodump/core/rules'

const options: Options = {
  interval: 500,
  metrics: { queueDepth: () => 12 },
  thresholds: { queueDepth: { watermark: 9 } },
}
// @ts-expect-error options are checked, which they would not be if the types were not found
export const wrong: Options = { interval: 'often' }

export const nothing: Replay = replay([], {
  thresholds: defaultThresholds(['queueDepth']),
  history: 10,
  warmup: 10,
  captureDuration: 5000,
  maxPerHour: 30,
})

export async function main(): Promise<Manifest> {
  const monitor: Monitor = createMonitor(options)
  monitor.on('dump', ({ summary }) => summary.text.trim())
  const status: Status = monitor.status()
  if (status.state === 'stopped') await monitor.start()
  const handle = createAdminHandler(monitor, { auth: { token: 'let-me-in' } })
  createNodeListener(handle)
  const { status: code } = await handle(new Request('http://localhost/debug/autodump/status'))
  const [instance] = await listInstances('/var/tmp/autodump')
  if (instance && code === 200) await askInstance(instance, '/status')
  const { text }: FileAnalysis = await analyseFile('heap.heapsnapshot')
  if (text === '') throw new AutodumpError('INVALID', 'nothing to say')
  return monitor.trigger({ capture: ['cpu-profile'], duration: 500 })
}
