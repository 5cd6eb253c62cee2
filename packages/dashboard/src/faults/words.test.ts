import { expect, test } from 'vitest'
import { dumpsInWords, instancesInWords, isOpen, stateOf, versionsInWords, whereInWords } from './words.ts'

test('numbers and versions in words', () => {
  expect([dumpsInWords(1), dumpsInWords(1200)]).toEqual(['1 dump', '1,200 dumps'])
  expect(instancesInWords(3)).toBe('on 3 instances')
  expect([versionsInWords([]), versionsInWords(['1.0']), versionsInWords(['1.0', '1.1', '1.2'])]).toEqual([
    '',
    '1.0',
    '1.0 to 1.2',
  ])
})

test('what is ignored or resolved needs nobody, what came back does', () => {
  const states = ['open', 'reopened', 'resolved', 'ignored'] as const
  expect(states.filter(state => isOpen({ state }))).toEqual(['open', 'reopened'])
  expect(stateOf('open')).toBeNull()
  expect(stateOf('new one' as 'open')?.words).toBe('new one')
})

test('the versions of one service are told, those of several are not mixed', () => {
  expect(whereInWords(['shop'], ['1.0', '1.1'])).toBe('shop 1.0 to 1.1')
  expect(whereInWords(['shop', 'mail'], ['1.0', '7.2'])).toBe('shop, mail')
  expect(whereInWords([], [])).toBe('')
})
