import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { lastWordsFiles } from '../../link/last-words-files.js'
import { runsDirectory } from '../../link/run-name.js'
import type { LastError } from '../../model/run.js'
import { stepsOf } from '../../testing/steps.js'
import { createLastWords } from './last-words.js'

function hear(error: unknown): { words: LastError; steps: number } {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-last-words-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const directory = join(dir, runsDirectory, 'run')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lastWords = createLastWords(dir, 'run')
  lastWords.start()
  const steps = stepsOf(() =>
    (process as NodeJS.EventEmitter).emit('uncaughtExceptionMonitor', error, 'uncaughtException'),
  )
  lastWords.stop()
  return { words: JSON.parse(readFileSync(join(directory, lastWordsFiles.error), 'utf8')), steps }
}

const secret = 'hunter2Xq'

it('the black box says what the error says, without its secrets and with the line that threw', () => {
  const error = new Error(`login failed, password=${secret}`, { cause: new Error(`token: ${secret}`) })
  error.stack = `Error: ${error.message}\n    at validate (/app/auth.service.mjs:3:15)`
  const { words } = hear(error)
  expect(words).toMatchObject({ name: 'Error', message: 'login failed, password=[redacted]' })
  expect(words.stack).toContain('at validate (/app/auth.service.mjs:3:15)')
  expect(words.stack).toContain('Caused by: Error: token: [redacted]')
  expect(JSON.stringify(words)).not.toContain(secret)
})

it.each([
  ['hexadecimal digits', '0af31b'],
  ['one word', 'a'],
  ['JSON', '{"id":17,"name":"jane"},'],
  ['assignments', 'token=not&'],
])('the black box takes no longer for a message of 10 MB of %s, and keeps the frames', (_, piece) => {
  const thrown = (length: number) => {
    const error = new Error(piece.repeat(length / piece.length))
    error.stack = `Error: ${error.message}\n    at validate (/app/auth.service.mjs:3:15)`
    return hear(error)
  }
  const [short, long] = [thrown(100_000), thrown(10_000_000)]
  expect(long.steps).toBeLessThan(1.1 * short.steps)
  expect(long.words.message.length).toBeLessThanOrEqual(2000)
  expect(long.words.stack.length).toBeLessThanOrEqual(16_000)
  expect(long.words.stack).toContain('at validate (/app/auth.service.mjs:3:15)')
})

it.each([['a word'], [undefined], [null], [{ message: 1 }], [Object.create(null)]])(
  'the black box hears %j too',
  thrown => {
    expect(hear(thrown).words.stack).toBe('')
  },
)
