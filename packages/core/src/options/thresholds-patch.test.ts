import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { Threshold } from '../model/threshold.js'
import { defaultThresholds } from '../rules/defaults.js'
import { changeThresholds, patchThresholds, thresholdsEtag } from './thresholds-patch.js'

const current = () => defaultThresholds(['queueDepth'])

function errorsOf(patch: unknown) {
  try {
    patchThresholds(current(), patch)
  } catch (error) {
    if (error instanceof AutodumpError && error.code === 'INVALID') return error.errors
    throw error
  }
  return []
}

const fieldsOf = (patch: unknown) => errorsOf(patch).map(({ field }) => field)

describe('patchThresholds', () => {
  it('changes what the patch names and keeps the rest', () => {
    const patched = patchThresholds(current(), { cpu: { watermark: 55 }, queueDepth: { spike: 100 } })
    const { cpu, queueDepth, ...others } = current()
    expect(patched).toEqual({ ...others, cpu: { ...cpu, watermark: 55 }, queueDepth: { ...queueDepth, spike: 100 } })
  })

  it('leaves what it was given as it was, and shares nothing with it', () => {
    const before = current()
    const patch = { cpu: { capture: ['requests'] } }
    const patched = patchThresholds(before, patch)
    expect(before).toEqual(current())
    patch.cpu.capture.push('report')
    patched.rss?.capture.push('cpu-profile')
    expect(patched.cpu?.capture).toEqual(['requests'])
    expect(before).toEqual(current())
  })

  it('turns a rule off with null', () => {
    expect(patchThresholds(current(), { cpu: { spike: null } }).cpu).toMatchObject({ spike: null, watermark: 80 })
    expect(patchThresholds(current(), { heap: { leak: null } }).heap).toMatchObject({ leak: null, spike: 25 })
  })

  it('resets any other field, or a whole metric, with null', () => {
    const changed = patchThresholds(current(), { cpu: { min: 1, cooldown: 5, hold: 9, enabled: false, watermark: 1 } })
    const reset = { min: null, cooldown: null, hold: null, enabled: null, capture: null }
    expect(patchThresholds(changed, { cpu: reset }).cpu).toEqual({ ...current().cpu, watermark: 1 })
    expect(patchThresholds(changed, { cpu: null })).toEqual(current())
    expect(patchThresholds(changed, { queueDepth: null }).queueDepth?.watermark).toBe(null)
  })

  it('replaces an array whole', () => {
    expect(patchThresholds(current(), { cpu: { capture: ['report'] } }).cpu?.capture).toEqual(['report'])
  })

  it('changes nothing with an empty patch', () => {
    expect(patchThresholds(current(), {})).toEqual(current())
    expect(patchThresholds(current(), { cpu: {} })).toEqual(current())
  })

  it('lists every invalid field, over all metrics', () => {
    const patch = {
      cpu: { watermark: -1, nonsense: 1, hold: 1.5, capture: ['nope'] },
      nosuch: { watermark: 1 },
      rss: 'off',
      handles: { leak: 1 },
      heap: [1],
      gc: { min: 5 },
    }
    expect(fieldsOf(patch).sort()).toEqual(
      ['cpu.capture.0', 'cpu.hold', 'cpu.nonsense', 'cpu.watermark', 'handles.leak', 'heap', 'nosuch', 'rss'].sort(),
    )
    expect(errorsOf({ cpu: { watermark: -1 } })).toEqual([{ field: 'cpu.watermark', message: 'must be > 0, got -1' }])
    expect(errorsOf({ nosuch: {} })).toEqual([{ field: 'nosuch', message: 'is not a metric here' }])
  })

  it('does not take null for a field that does not exist', () => {
    expect(fieldsOf({ cpu: { nonsense: null, toString: null } })).toEqual(['cpu.nonsense', 'cpu.toString'])
    expect(fieldsOf({ nosuch: null })).toEqual(['nosuch'])
  })

  it.each([null, undefined, 5, 'x', true, [], [{ cpu: {} }]])('refuses %j, which is no object', patch => {
    expect(errorsOf(patch)).toEqual([{ field: '', message: 'must be an object with a member per metric' }])
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])('refuses %s as a metric and as a field', key => {
    expect(fieldsOf(JSON.parse(`{"${key}":{"polluted":1}}`))).toEqual([key])
    expect(fieldsOf(JSON.parse(`{"${key}":null}`))).toEqual([key])
    expect(fieldsOf(JSON.parse(`{"cpu":{"${key}":{"polluted":1}}}`))).toEqual([`cpu.${key}`])
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  })
})

describe('thresholdsEtag', () => {
  it('is quoted, strong, and the same for the same thresholds in any order', () => {
    const turn = <T extends object>(value: T) => Object.fromEntries(Object.entries(value).reverse()) as T
    const turned = turn(current())
    turned.cpu = turn(turned.cpu as Threshold)
    expect(thresholdsEtag(current())).toMatch(/^"[\w-]{22}"$/)
    expect(thresholdsEtag(turned)).toBe(thresholdsEtag(current()))
  })

  it('changes with every change, and back', () => {
    const changed = patchThresholds(current(), { cpu: { watermark: 55 } })
    expect(thresholdsEtag(changed)).not.toBe(thresholdsEtag(current()))
    expect(thresholdsEtag(patchThresholds(changed, { cpu: { watermark: 80 } }))).toBe(thresholdsEtag(current()))
  })
})

describe('changeThresholds', () => {
  it('changes them under the tag that they have, or under none', () => {
    const ifMatch = thresholdsEtag(current())
    expect(changeThresholds(current(), { cpu: { watermark: 55 } }, { ifMatch }).cpu?.watermark).toBe(55)
    expect(changeThresholds(current(), { cpu: { watermark: 55 } }, {}).cpu?.watermark).toBe(55)
  })

  it('refuses a tag that they no longer have, before it looks at the patch', () => {
    const ifMatch = thresholdsEtag(patchThresholds(current(), { cpu: { watermark: 55 } }))
    const change = () => changeThresholds(current(), { nope: 1 }, { ifMatch })
    expect(change).toThrow(expect.objectContaining({ code: 'STALE' }))
  })
})
