import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { exposition } from './prometheus.js'

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url))

const read = (file: string) => readFileSync(`${docs}${file}`, 'utf8')

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

/** Every family that there can be, with its type and the names of its labels. */
const families = (() => {
  const { current } = createFakeMonitor()
  const values = { ...current.sample?.values, rss: 1, heap: 1, eventLoopUtilization: 1, gc: 1, handles: 1 }
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

interface Panel {
  id: number
  type: string
  title: string
  datasource?: object
  targets?: { expr: string; datasource: { uid: string } }[]
  gridPos: { h: number; w: number; x: number; y: number }
}

describe('docs/grafana/autodump.json', () => {
  const board = JSON.parse(read('grafana/autodump.json'))
  const all: Panel[] = board.panels
  const panels = all.filter(({ type }) => type !== 'row')

  it('asks for metrics that there are, from the data source that is chosen', () => {
    expect(board.uid).toBe('autodump')
    expect(board.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' })
    expect(board.schemaVersion).toBeGreaterThan(35)
    for (const { title, datasource, targets = [] } of panels) {
      expect(datasource, title).toEqual({ type: 'prometheus', uid: '$' + '{datasource}' })
      expect(targets.length, title).toBeGreaterThan(0)
      for (const { expr, datasource } of targets) {
        expect(datasource.uid).toBe('$' + '{datasource}')
        expect(expr, title).toContain('instance=~"$instance"')
        const used = mentioned(expr)
        expect(used.size, expr).toBeGreaterThan(0)
        expect([...used].filter(name => !names.has(name))).toEqual([])
      }
    }
    const ids = all.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('shows every metric that there is', () => {
    const shown = mentioned(JSON.stringify(panels.map(({ targets }) => targets)))
    expect([...names].filter(name => !shown.has(name))).toEqual([])
  })

  it('has panels that lie beside each other and not on each other', () => {
    const overlap = (a: Panel['gridPos'], b: Panel['gridPos']) =>
      a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
    const clashes = all.flatMap((one, index) =>
      all.slice(index + 1).flatMap(other => (overlap(one.gridPos, other.gridPos) ? [[one.title, other.title]] : [])),
    )
    expect(clashes).toEqual([])
  })

  it.skipIf(!hasPromtool)('has expressions that Prometheus can read', () => {
    const expressions = panels.flatMap(({ targets = [] }) =>
      targets.map(({ expr }) => expr.replaceAll(/\$__(rate_interval|range)/g, '5m').replaceAll(/"\$\w+"/g, '".*"')),
    )
    const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }))
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
    const promtool = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: `${docs}prometheus`, encoding: 'utf8' })
      expect({ status, stdout, stderr }).toMatchObject({ status: 0 })
    }
    promtool('check', 'rules', 'alerts.yml')
    promtool('test', 'rules', 'alerts.test.yml')
    const alerts = [...read('prometheus/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
    const tests = read('prometheus/alerts.test.yml')
    const fired = alerts.filter(name => new RegExp(`alertname: ${name}\\n +exp_alerts:\\n`).test(tests))
    expect(fired).toEqual(alerts)
  })
})
