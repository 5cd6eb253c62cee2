import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { builtinMetrics } from '../model/metric.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { exposition } from './prometheus.js'

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url))

const read = (file: string) => readFileSync(`${docs}${file}`, 'utf8')

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

/** Every family that there can be, with its type and the names of its labels. */
const families = (() => {
  const { current } = createFakeMonitor()
  const readings = Object.fromEntries(Object.keys(builtinMetrics).map(metric => [metric, 1]))
  const values = { ...current.sample?.values, ...readings }
  const sample = { at: 1, values, cpuThreads: { main: 1, others: 2 } }
  const { text } = exposition({ ...current, sample })
  const labelsOf = (name: string) =>
    [...(new RegExp(`^${name}\\{(.*)\\} `, 'm').exec(text)?.[1] ?? '').matchAll(/(\w+)="/g)].map(([, label]) => label)
  return [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type]) => ({
    name,
    type,
    labels: labelsOf(name),
  }))
})()

const names = new Set(families.map(({ name }) => name))

const mentioned = (text: string) => new Set(text.match(/\bautodump_\w+/g))

describe('docs/prometheus.md', () => {
  it('has each metric in its table, with its type and labels, and no other', () => {
    const rows = [...read('prometheus.md').matchAll(/^\| `(autodump_\w+)(?:\{([\w,]+)\})?` \| (\w+) \|/gm)]
    const told = rows.map(([, name, labels, type]) => ({ name, type, labels: labels?.split(',') ?? [] }))
    const byName = (a: { name?: string }, b: { name?: string }) => (a.name ?? '').localeCompare(b.name ?? '')
    expect(told.sort(byName)).toEqual([...families].sort(byName))
  })
})

describe('docs/prometheus/grafana.json', () => {
  const board = JSON.parse(read('prometheus/grafana.json'))

  it('asks for metrics that there are, from the data source that is chosen', () => {
    expect(board.uid).toBe('autodump')
    expect(board.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' })
    expect(board.panels.length).toBeGreaterThan(8)
    for (const { title, datasource, targets } of board.panels) {
      expect(datasource, title).toEqual({ type: 'prometheus', uid: '$' + '{datasource}' })
      for (const { expr, datasource } of targets) {
        expect(datasource.uid).toBe('$' + '{datasource}')
        const used = mentioned(expr)
        expect(used.size, expr).toBeGreaterThan(0)
        expect([...used].filter(name => !names.has(name))).toEqual([])
      }
    }
    const ids = board.panels.map(({ id }: { id: number }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.skipIf(!hasPromtool)('has expressions that Prometheus can read', () => {
    const groups = board.panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
      targets.map(({ expr }) => expr.replaceAll(/\$__(rate_interval|range)/g, '5m').replaceAll(/"\$\w+"/g, '".*"')),
    )
    const rules = groups.map((expr: string, index: number) => ({ record: `panel:${index}`, expr }))
    const dir = mkdtempSync(join(tmpdir(), 'autodump-board-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    writeFileSync(join(dir, 'board.yml'), JSON.stringify({ groups: [{ name: 'board', rules }] }))
    const { status, stderr } = spawnSync('promtool', ['check', 'rules', join(dir, 'board.yml')], { encoding: 'utf8' })
    expect({ status, stderr }).toMatchObject({ status: 0 })
  })
})

describe('docs/prometheus/alerts.yml', () => {
  it('asks for metrics that there are', () => {
    const used = mentioned(read('prometheus/alerts.yml'))
    expect(used.size).toBeGreaterThan(5)
    expect([...used].filter(name => !names.has(name))).toEqual([])
  })

  it.skipIf(!hasPromtool)('passes its tests, which fire each of its alerts', () => {
    const { status, stdout } = spawnSync('promtool', ['test', 'rules', 'alerts.test.yml'], {
      cwd: `${docs}prometheus`,
      encoding: 'utf8',
    })
    expect({ status, stdout }).toMatchObject({ status: 0 })
    const alerts = [...read('prometheus/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
    const tests = read('prometheus/alerts.test.yml')
    const fired = alerts.filter(name => new RegExp(`alertname: ${name}\\n +exp_alerts:\\n`).test(tests))
    expect(fired).toEqual(alerts)
  })
})
