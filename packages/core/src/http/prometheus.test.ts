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
        'autodump_errors_total 3',
        'autodump_cpu_seconds_total 12.5',
        'autodump_blocked_seconds_total 3',
        'autodump_gc_seconds_total 0.25',
        'autodump_event_loop_delay_max_seconds 2.48',
        'autodump_in_flight_max 40',
        'autodump_thread_restarts_total 0',
        'autodump_service_info{service="shop"} 1',
        'autodump_build_info{version="0.1.0",thread="monitor-thread",cpu_profiler="inspector"} 1',
      ]),
    )
  })

  it('has a counter for each rule that is on before it has counted anything, and for what needs no rule', async () => {
    const monitor = createFakeMonitor()
    const thresholds = structuredClone(monitor.thresholds().thresholds)
    Object.assign(thresholds.cpu ?? {}, { spike: 25, watermark: null })
    Object.assign(thresholds.gc ?? {}, { enabled: false })
    const idle = { ...monitor.current, sample: null, metrics: {}, dumps: { ...monitor.current.dumps, byRule: {} } }
    const { text } = exposition(idle, { thresholds })
    expect(text).toContain('autodump_dumps_total{trigger="cpu-spike"} 0\n')
    expect(text).toContain('autodump_dumps_total{trigger="eventLoopDelay-spike"} 0\n')
    expect(text).toContain('autodump_dumps_total{trigger="manual"} 0\n')
    expect(text).toContain('autodump_dumps_total{trigger="process-crash"} 0\n')
    expect(text).not.toContain('cpu-watermark')
    expect(text).not.toContain('gc-')
    // A rule that was switched off keeps what it has counted.
    expect(exposition(monitor.current, { thresholds: {} }).text).toContain('{trigger="cpu-spike"} 2\n')
    expect(await (await askAdmin().ask('/metrics')).text()).toContain('{trigger="heap-leak"} 0\n')
  })

  it('speaks OpenMetrics with whoever prefers it, and tells the id of the newest dump', async () => {
    const accept =
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'
    const response = await askAdmin().ask('/metrics', { headers: { accept } })
    expect(response.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(response.headers.get('vary')).toBe('accept')
    const text = await response.text()
    expect(text).toMatch(/\n# EOF\n$/)
    expect(text).not.toContain('\n\n')
    expect(text).toContain('# TYPE autodump_dumps counter\n')
    expect(text).toContain(
      'autodump_dumps_total{trigger="cpu-spike"} 2 # {dump_id="20261124T013512123Z-42-cpu-spike"} 1 1795484112.123\n',
    )
    // A family is there once: no gauge has the name of a counter without `_total`.
    const names = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name)
    expect(new Set(names).size).toBe(names.length)

    const plain = 'text/plain, application/openmetrics-text;q=0.5'
    for (const accept of [undefined, '*/*', plain, 'application/openmetrics-text;q=0'])
      expect(
        (await askAdmin().ask('/metrics', { headers: accept ? { accept } : {} })).headers.get('content-type'),
      ).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  it('leaves an exemplar out that would be too long, and says labels as they are', () => {
    const { current } = createFakeMonitor()
    const name = `${'q"\\'.repeat(50)}\n-spike`
    const newest = { [name]: { id: `2026-${name}`, at: 1 } }
    const dumps = { ...current.dumps, byRule: { [name]: 1 }, newest }
    const { text } = exposition({ ...current, dumps }, { format: 'openmetrics' })
    const line = text.split('\n').find(line => line.includes('q'.concat('\\"')))
    expect(line).toBe(`autodump_dumps_total{trigger="${'q\\"\\\\'.repeat(50)}\\n-spike"} 1`)
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
