// The tables of the docs against the code that they describe. The Prometheus names are in `prometheus-docs.test.ts`.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { captureKinds, createMonitor } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { queryParameters, schemas } from '../packages/core/src/generated/api-schemas.js'
import { apiRoutes } from '../packages/core/src/http/routes.js'
import { actions } from '../packages/core/src/model/access.js'
import { builtinMetrics } from '../packages/core/src/model/metric.js'
import { resolveBucket } from '../packages/core/src/options/bucket.js'
import { resolveNotify } from '../packages/core/src/options/notify.js'
import { resolveOptions } from '../packages/core/src/options/options.js'
import { variables } from '../packages/core/src/options/variables.js'
import { plain, read, root, rowsOf } from './markdown.js'

/** `64 MiB`, `7 days`, `3,600,000`; `undefined` for words. */
function numberOf(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^([\d,]+)(?: (\w+))?$/.exec(text.trim()) ?? []
  const factor = { '': 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, days: 24 * 3600_000, h: 3600_000 }[unit]
  return digits === '' || factor === undefined ? undefined : Number(digits.replaceAll(',', '')) * factor
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], value)

describe('docs/http-api.md', () => {
  const rows = rowsOf('docs/http-api.md', '| route | action |')

  it('has each route with its action, and no other', () => {
    const told = rows.map(({ route, action }) => `${plain(route ?? '')} ${plain(action ?? '')}`)
    const real = apiRoutes.map(({ method, path, action }) => `${method} ${path} ${action ?? 'none'}`)
    expect(told.sort()).toEqual(real.sort())
  })

  it('has each parameter of a query', () => {
    const told = rowsOf('docs/http-api.md', '| route | parameters |')
    for (const { method, path, query: type = '' } of apiRoutes) {
      const query = (queryParameters[type] ?? []).map(parameter => (parameter as { name: string }).name)
      const row = told.find(({ route }) => route?.split(', ').includes(`\`${method} ${path}\``))?.parameters ?? ''
      const missing = query.filter(name => !row.includes(`\`${name}`))
      expect(missing, `${method} ${path}`).toEqual([])
    }
  })
})

describe('docs/security.md', () => {
  it('has the actions that there are', () => {
    expect(rowsOf('docs/security.md', '| action |').map(({ action }) => plain(action ?? ''))).toEqual([...actions])
  })
})

describe('docs/options.md', () => {
  const rows = rowsOf('docs/options.md', '| option |')
  const told = new Map(rows.map(row => [plain(row.option ?? ''), row]))
  const notify = resolveNotify({ webhook: 'https://shop.example' })
  const defaults = {
    ...resolveOptions(),
    admin: { host: (resolveOptions({ admin: { port: 1 } }).admin as { host: string }).host },
    notify: { ...notify, webhook: null },
    bucket: { ...resolveBucket({ url: 's3://evidence' }), url: null },
  }
  /** Per metric and per kind, which is said in words; groups of options that have rows of their own. */
  const isRow = ({ path }: { path: string[] }) =>
    path[0] !== 'thresholds' && !(path[0] === 'captures' && path.length > 1) && !isGroup(path)
  const isGroup = (path: string[]) =>
    [...variables().values()].some(other => other.path.length > path.length && startsWith(other.path, path)) &&
    path[0] !== 'captures'
  const startsWith = (path: string[], start: string[]) => start.every((part, index) => path[index] === part)
  const data = [...variables().values()].filter(isRow)

  it('has each option that has a variable, with the name of that', () => {
    expect(data.length).toBeGreaterThan(25)
    for (const { name, path } of data)
      expect(plain(told.get(path.join('.'))?.variable ?? ''), path.join('.')).toBe(name)
  })

  it('has no variable or option that does not exist', () => {
    const known = new Set([
      ...data.map(({ path }) => path.join('.')),
      'admin.auth',
      'metrics',
      'monitorThread',
      'logger',
    ])
    expect([...told.keys()].filter(option => !known.has(option))).toEqual([])
  })

  /** Their default is a sentence. */
  const inWords = new Set([
    ...['dir', 'warmup', 'captures', 'auth', 'labels', 'cpuProfile.sampleInterval', 'bucket.kinds'],
    'retention.minFreeBytes',
  ])

  it.each(data.map(({ path }) => path.join('.')).filter(option => !inWords.has(option)))(
    'has the default of %s',
    option => {
      const cell = plain(told.get(option)?.default ?? '')
      const value = at(defaults, option.split('.'))
      const isNone = value == null || (typeof value === 'object' && Object.keys(value).length === 0)
      expect(isNone ? 'none' : value).toBe(
        isNone ? cell : (numberOf(cell) ?? { true: true, false: false }[cell] ?? cell),
      )
    },
  )

  it('has the ranges that are checked', () => {
    for (const { path, schema } of data) {
      const { minimum, maximum } = schema as { minimum?: number; maximum?: number }
      if (minimum === undefined) continue
      const [from, to] = (told.get(path.join('.'))?.range ?? '').replace('from ', '').split(' to ')
      expect(numberOf(from ?? ''), path.join('.')).toBe(minimum)
      if (maximum !== Number.MAX_SAFE_INTEGER) expect(numberOf(to ?? ''), path.join('.')).toBe(maximum)
    }
  })

  it('has the fields of a threshold, and the kinds of evidence', () => {
    const fields = rowsOf('docs/options.md', '| field | range |')
    const properties = Object.keys((schemas.Threshold as { properties: object }).properties)
    expect(fields.map(({ field }) => plain(field ?? '')).sort()).toEqual(properties.sort())
    const capture = fields.at(-1)?.meaning ?? ''
    expect(captureKinds.filter(kind => !capture.includes(`\`${kind}\``))).toEqual([])
  })
})

/** The page says of which metrics the cooldown is longer. */
const hasLongCooldown = (metric: string) =>
  /^(.*) have a cooldown of 5 minutes/m.exec(read('docs/metrics.md'))?.[1]?.includes(`\`${plain(metric)}\``)

describe('docs/metrics.md', () => {
  it('has the metrics that there are, with their units', () => {
    const told = rowsOf('docs/metrics.md', '| metric | unit |').map(({ metric, unit }) => [plain(metric ?? ''), unit])
    expect(told).toEqual(Object.entries(builtinMetrics).map(([metric, { unit }]) => [metric, unit]))
  })

  it('has the default thresholds', () => {
    const rows = rowsOf('docs/metrics.md', '| metric | min |')
    const { thresholds } = createMonitor().thresholds()
    expect(rows.map(({ metric }) => plain(metric ?? ''))).toEqual(Object.keys(thresholds))
    for (const row of rows) {
      const { min, spike, watermark, leak, hold, captures, metric } = row
      const told = { min, spike, watermark, leak: leak || 'null', hold }
      const { enabled, cooldown, capture, ...figures } = thresholds[plain(metric ?? '')] ?? ({} as never)
      expect(
        Object.fromEntries(Object.entries(told).map(([name, cell]) => [name, numberOf(cell ?? '') ?? null])),
      ).toEqual(figures)
      expect(plain(captures ?? '').split(', ')).toEqual(capture)
      expect({ enabled, cooldown }).toEqual({
        enabled: true,
        cooldown: hasLongCooldown(metric ?? '') ? 300_000 : 60_000,
      })
    }
  })
})

describe('docs/summary.md', () => {
  it('has the kinds of findings that there are', () => {
    const source = readdirSync(join(root, 'packages/core/src'), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
      .map(file => read(join('packages/core/src', file)))
      .join('\n')
    const made = new Set(
      [...source.matchAll(/kind: (?:\w+ \? )?'([a-z-]+)'(?: : '([a-z-]+)')?,\s+text\b/g)]
        .flatMap(([, kind, otherwise]) => [kind, otherwise])
        .filter(kind => kind !== undefined),
    )
    expect(made.size).toBeGreaterThan(12)
    const told = rowsOf('docs/summary.md', '| kind |').flatMap(({ kind }) => plain(kind ?? '').split(', '))
    expect(told.sort()).toEqual([...made].sort())
  })
})
