import { afterEach, expect, it } from 'vitest'
import { atExit, atUncaughtException, beforeExit } from './exit-hooks.js'

const added: (() => void)[] = []

afterEach(() => {
  for (const forget of added.splice(0)) forget()
})

const listeners = () => process.listeners('exit')

it('the exit hook is one listener of the process, however many there are, and none when all are gone', () => {
  const before = [listeners().length, process.listenerCount('uncaughtExceptionMonitor')]
  for (let count = 0; count < 20; count++)
    added.push(
      beforeExit(() => {}),
      atExit(() => {}),
      atUncaughtException(() => {}),
    )
  expect([listeners().length, process.listenerCount('uncaughtExceptionMonitor')]).toEqual([
    (before[0] ?? 0) + 2,
    (before[1] ?? 0) + 1,
  ])
  for (const forget of added.splice(0)) {
    forget()
    forget()
  }
  expect([listeners().length, process.listenerCount('uncaughtExceptionMonitor')]).toEqual(before)
})

it('the exit hook comes before the listeners of the app, and whatever is thrown stays inside', () => {
  const heard: string[] = []
  const ofApp = () => heard.push('app')
  process.on('exit', ofApp)
  added.push(() => process.off('exit', ofApp))
  added.push(
    atExit(code => heard.push(`at ${code}`)),
    beforeExit(() => {
      throw new Error('on purpose')
    }),
    beforeExit(() => heard.push('before')),
  )
  const ours = listeners()
  const own = [ours[0], ...ours.slice(ours.indexOf(ofApp))]
  for (const listener of own) listener?.call(process, 3)
  expect(heard).toEqual(['before', 'app', 'at 3'])
})
