import { expect, test } from 'vitest'
import { ApiError } from '../api/client.ts'
import { refusalOf } from './refusal.ts'

test('a wrong token is called that, in words that do not repeat it', () => {
  expect(refusalOf(new ApiError(401, 'whatever the server says'), 0)).toEqual({ text: 'That is not the token.' })
})

test('too many wrong tokens: the page says when to try again', () => {
  expect(refusalOf(new ApiError(429, 'too many', [], 30), 1000).until).toBe(31_000)
  expect(refusalOf(new ApiError(429, 'too many'), 1000).until).toBe(61_000)
})

test('an app that decides by itself, and one that does not answer, are no wrong tokens', () => {
  expect(refusalOf(new ApiError(404, 'there is no token to log in with'), 0).text).toContain('decides by itself')
  expect(refusalOf(new ApiError(0, 'the process does not answer'), 0).text).toContain('does not answer')
  expect(refusalOf(new ApiError(403, 'another site asked'), 0).text).toBe('The server says: another site asked.')
})
