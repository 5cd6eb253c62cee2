import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { askAdmin } from '../testing/ask-admin.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { exposition } from './prometheus.js'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

describe('GET /metrics', () => {
  it('gives the last sample in base units', async () => {
    const response = await askAdmin().ask('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const lines = (await response.text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE autodump_cpu_ratio gauge',
        'autodump_cpu_ratio 0.125',
        'autodump_event_loop_delay_seconds 0.02',
        'autodump_in_flight 3',
        'autodump_custom_metric{metric="queueDepth"} 7',
        'autodump_rule_matching{metric="cpu",rule="spike"} 0',
        'autodump_up 1',
        '# TYPE autodump_dumps_total counter',
        'autodump_dumps_total{trigger="cpu-spike"} 2',
        'autodump_errors_total{what="metric queueDepth"} 3',
        'autodump_thread_restarts_total 0',
        'autodump_build_info{version="0.1.0",thread="monitor-thread",cpu_profiler="inspector"} 1',
      ]),
    )
  })

  it('leaves out what has no reading', async () => {
    const { current } = createFakeMonitor()
    expect((await exposition(current)).text).not.toContain('autodump_gc_ratio')
    const text = (await exposition({ ...current, state: 'starting', sample: null, metrics: {} })).text
    expect(text).not.toContain('autodump_cpu_ratio')
    expect(text).toContain('autodump_up 0')
  })

  it.skipIf(!hasPromtool)('passes promtool check metrics', async () => {
    const { current } = createFakeMonitor()
    const values = {
      cpu: 1,
      rss: 1,
      heap: 1,
      eventLoopDelay: 1,
      eventLoopUtilization: 1,
      inFlight: 1,
      gc: 1,
      handles: 1,
      q: 1,
    }
    const { text } = await exposition({ ...current, sample: { at: 1_700_000_000_000, values } })
    const { status, stderr, stdout } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    expect({ stderr, stdout, status }).toEqual({ stderr: '', stdout: '', status: 0 })
  })
})
