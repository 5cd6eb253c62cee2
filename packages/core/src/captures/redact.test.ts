import { expect, it } from 'vitest'
import { looksLikeToken } from '../looks-like-token.js'
import { redactCommandLine, redactError } from './redact.js'

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

it.each([
  ['at burn (data:text/javascript,const%20a=(1):3:14)', 'at burn (data::3:14)'],
  ['at data:text/javascript;base64,aHVudGVyMg==:1:2', 'at data::1:2'],
  ['at a (https://cdn.example/a.js?token=hunter2:3:14)', 'at a (https://cdn.example/a.js:3:14)'],
  ['cannot reach redis://cache:hunter2@cache:6379', 'cannot reach redis://[redacted]@cache:6379'],
  ['invalid data: 3 rows', 'invalid data: 3 rows'],
])('shows the error %j as %j', (text, shown) => {
  expect(redactError(text)).toBe(shown)
})

it.each([
  ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', true],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', true],
  ['Zm9vYmFyMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY', true],
  ['how-we-moved-300-services-to-node-24-in-2026', false],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', false],
  ['handlePaymentNotificationFromUpstreamService', false],
  ['12345678901234567890123456789012345', false],
  ['507f1f77bcf86cd799439011', false],
])('takes %s for a token: %s', (word, expected) => {
  expect(looksLikeToken(word)).toBe(expected)
})
