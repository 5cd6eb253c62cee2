import { expect, it } from 'vitest'
import { redactCommandLine } from './command-line.js'
import { redactError } from './text.js'

const secret = 'hunter2-abc'

it.each([
  [[`--token=${secret}`], ['--token=[redacted]']],
  [
    ['--password', secret, 'serve'],
    ['--password', '[redacted]', 'serve'],
  ],
  [[`DB_PASSWORD=${secret} with spaces`], ['DB_PASSWORD=[redacted]']],
  [
    ['--db', `postgres://bob:${secret}@db:5432/shop`],
    ['--db', 'postgres://[redacted]@db:5432/shop'],
  ],
  [[`https://hooks/x?api_key=${secret}&page=2`], ['https://hooks/x?api_key=[redacted]&page=2']],
  [[`{"client_secret":"${secret}","port":1}`], ['{"client_secret":[redacted],"port":1}']],
  [
    ['-H', `Authorization: Bearer ${secret}`],
    ['-H', 'Authorization: Bearer [redacted]'],
  ],
  [
    ['-e', `connect({ password: '${secret}' })`],
    ['-e', 'connect({ password: [redacted] })'],
  ],
  [['eyJhbGci.eyJzdWIi.c2lnbmF0dXJl'], ['[redacted]']],
])('redaction of text hides the secret in %j', (args, expected) => {
  const redacted = redactCommandLine(args)
  expect(redacted).toEqual(expected)
  expect(JSON.stringify(redacted)).not.toContain(secret)
})

it('redaction of text leaves what is no secret', () => {
  const args = [
    'node',
    '--max-old-space-size=200',
    '/app/server.js',
    '--port',
    '3000',
    '--author=bob',
    '--authors',
    'ann',
    'a@b.example',
  ]
  expect(redactCommandLine(args)).toEqual(args)
})

it.each([
  ['at burn (data:text/javascript,const%20a=(1):3:14)', 'at burn (data::3:14)'],
  ['at data:text/javascript;base64,aHVudGVyMg==:1:2', 'at data::1:2'],
  ['at a (https://cdn.example/a.js?token=hunter2:3:14)', 'at a (https://cdn.example/a.js:3:14)'],
  ['cannot reach redis://cache:hunter2@cache:6379', 'cannot reach redis://[redacted]@cache:6379'],
  ['invalid data: 3 rows', 'invalid data: 3 rows'],
])('redaction of text shows the error %j as %j', (text, shown) => {
  expect(redactError(text)).toBe(shown)
})

it.each([
  ['in validate (/app/auth.service.mjs:3:15)'],
  ['in validate (file:///app/session.js:3:15)'],
  ['in validate (C:\\app\\token.ts:3:15)'],
])('redaction of text leaves the place %s', place => {
  expect(redactError(place)).toBe(place)
})

it('redaction of text knows a secret that is cut, and what is shown has the length that was asked for', () => {
  for (let length = 20; length < 60; length++) {
    const shown = redactError(`connect failed with ${'x '.repeat(10)} password=${secret} and more and more`, length)
    expect(shown.length).toBeLessThanOrEqual(length)
    expect(shown).not.toContain('hunter')
  }
  const key = ['sk', 'live', 'a1b2c3d4e5f6g7h8i9j0'].join('_')
  for (let before = 0; before < 60; before++)
    expect(redactError(`${'w '.repeat(before)}${key} ${'w '.repeat(60)}`, 30)).not.toContain('sk_live')
})
