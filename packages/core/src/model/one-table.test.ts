import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { defaultThreshold } from '../rules/defaults.js'
import { ruleNames, rules, triggerNames } from '../rules/table.js'
import { captureKinds } from './capture-kind.js'
import { builtinMetrics, metricInfo } from './metric.js'

const packages = fileURLToPath(new URL('../../../', import.meta.url))

/** The code of a package, without tests, without what is made of it, and without comments. */
const codeOf = (name: string): [file: string, text: string][] =>
  readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !/\.test\.|^(testing|generated)\b/.test(file))
    .map(file => [
      `${name}/${file}`,
      readFileSync(join(packages, name, 'src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
    ])

const all = ['core', 'cli', 'dashboard'].flatMap(codeOf)

const naming = (word: string) => all.filter(([, text]) => new RegExp(`\\b${word}\\b`).test(text)).map(([file]) => file)

describe('one table a thing', () => {
  // Those whose names are no words that mean something else too.
  it.each(['eventLoopUtilization', 'requestAge', 'fds'])('%s is named in few files of core', metric => {
    const files = naming(metric)
    expect(files).toContain('core/model/metric.ts')
    expect(files.length, files.join(' ')).toBeLessThanOrEqual(6)
    expect(files.filter(file => !file.startsWith('core/'))).toEqual([])
  })

  it('a rule is named in few files', () => {
    const files = naming('leak')
    expect(files).toEqual(expect.arrayContaining(['core/rules/table.ts', 'core/model/threshold.ts']))
    expect(files.length, files.join(' ')).toBeLessThanOrEqual(8)
    expect(files.filter(file => file.startsWith('dashboard/'))).toEqual([])
  })

  /** Figures that say nothing by themselves. */
  const withoutRules = ['streams', 'longPolls']

  it.each(Object.entries(builtinMetrics))('%s has all that a sentence and a page say of it', (name, info) => {
    expect(info.title).toMatch(/^[A-Z]/)
    expect(info.inSentence).not.toBe('')
    const { capture, watermark } = defaultThreshold(name)
    if (withoutRules.includes(name)) expect(watermark).toBe(null)
    else expect(watermark).toBeGreaterThan(0)
    for (const kind of [...capture, ...info.leading]) expect(captureKinds).toContain(kind)
    // The evidence that is named first has to be captured.
    for (const kind of info.leading) expect(capture).toContain(kind)
  })

  it('a metric of the application keeps its name', () => {
    expect(metricInfo('queueDepth')).toMatchObject({ title: 'queueDepth', inSentence: 'queueDepth', family: null })
    expect(metricInfo('constructor').title).toBe('constructor')
  })

  it('the rules are in the order of how much they say, and events that no rule watches come after them', () => {
    expect(ruleNames).toEqual(['watermark', 'leak', 'spike'])
    expect(triggerNames).toEqual([...Object.keys(rules), 'manual', 'crash'])
  })
})
