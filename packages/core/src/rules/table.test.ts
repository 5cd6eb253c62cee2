import { expect, it } from 'vitest'
import { metricInfo } from '../model/metric.js'
import { perRule, ruleNames, rules } from './table.js'

it('one thing for each rule stands in the order of the rules', () => {
  const made = perRule(name => name)
  expect(Object.keys(made)).toEqual(ruleNames)
  expect(Object.values(made)).toEqual(ruleNames)
  expect(ruleNames.toSorted()).toEqual(Object.keys(rules).sort())
})

it('a custom metric is described once, not for each sample', () => {
  expect(metricInfo('queueDepth')).toBe(metricInfo('queueDepth'))
  for (let index = 0; index < 1500; index++) metricInfo(`recorded${index}`)
  expect(metricInfo('queueDepth')).toMatchObject({ title: 'queueDepth', unit: 'value', inHeadline: 'queueDepth at {}' })
})
