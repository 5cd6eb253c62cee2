import { expect, it } from 'vitest'
import { redactCommandLine } from './redact.js'

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
    ['-H', 'Authorization: [redacted] [redacted]'],
  ],
  [
    ['-e', `connect({ password: '${secret}' })`],
    ['-e', 'connect({ password: [redacted] })'],
  ],
  [['eyJhbGci.eyJzdWIi.c2lnbmF0dXJl'], ['[redacted]']],
])('hides the secret in %j', (args, expected) => {
  const redacted = redactCommandLine(args)
  expect(redacted).toEqual(expected)
  expect(JSON.stringify(redacted)).not.toContain(secret)
})

it('leaves what is no secret', () => {
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
