import { runInThisContext } from 'node:vm'
import { expect, it } from 'vitest'
import { hooksWith } from '../testing/hooks.js'
import { hookExpression, registerHooks } from './hooks.js'

const options = { durationMs: 1, deadlineMs: 2, maxWaits: 3, maxStacks: 4, budgetMs: 5 }

it('the entry of the hooks calls a hook from the text of an expression, with its arguments', () => {
  const given: unknown[][] = []
  const unregister = registerHooks(
    77,
    hooksWith({
      'asyncWait.watch': (...args) => {
        given.push(args)
        return true
      },
    }),
  )
  const odd = { ...options, note: ['x"\u2028', null] }
  expect(runInThisContext(hookExpression(77, 'asyncWait.watch', [odd]))).toBe(true)
  expect(given).toEqual([[odd]])
  unregister()
  expect(runInThisContext(hookExpression(77, 'asyncWait.watch', [odd]))).toBeUndefined()
})
