import type { ClientRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { collapseIds, isBelow, pathOnly } from '../../../lib/path.js'
import { scriptUrl } from '../../../lib/script-url.js'
import { interruptedStack } from '../app-stack.js'
import { expressRoute } from './express-route.js'
import { targetOf } from './outbound-http.js'
import { captureTrace, describeTrace } from './stack.js'
import { originTarget } from './target.js'
import { trpcRoute } from './trpc-route.js'

/** Runs `work`, and counts how often it asks a regular expression: all of its methods call `exec` where that is not Node's. */
function expressionsIn(work: () => unknown): number {
  const { exec } = RegExp.prototype
  let count = 0
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    count++
    return exec.call(this, text)
  }
  try {
    work()
  } finally {
    RegExp.prototype.exec = exec
  }
  return count
}

const token = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'

const targets = [
  `/reset/${token}?x#y`,
  '//a@b/c',
  'https://user:pw@host/p?q',
  'a@b/c',
  '/users/123e4567-e89b-12d3-a456-426614174000',
]

const outbound = { host: 'db', protocol: 'http:', socket: null, getHeader: () => 'db:5432' } as unknown as ClientRequest

describe('what runs in the middle of the code of the app uses no regular expression', () => {
  it.each<[string, () => unknown]>([
    ['routes of tRPC', () => targets.map(target => trpcRoute('/:path', `${target}&batch=1`))],
    ['its stack', () => interruptedStack(expressionsIn)],
    ['URLs of scripts', () => ['file:///a?b', 'data:,a', 'https://u@h/x', '/a', 'C:\\a'].map(scriptUrl)],
    ['paths', () => targets.map(target => [pathOnly(target), isBelow(target, '/p'), collapseIds(target)])],
    [
      'routes of Express',
      () =>
        expressRoute({ route: { path: ['/:id', /x/] }, baseUrl: '/shops/7/orders', params: { shop: '7', id: '1' } }),
    ],
    ['targets', () => [targetOf(outbound), originTarget('https://user:pw@host')]],
    ['who calls out', () => describeTrace(captureTrace())],
  ])('%s', (_, work) => {
    expect(expressionsIn(work)).toBe(0)
  })

  it('as far as this can tell', () => {
    expect(
      expressionsIn(() => [/a/.test('a'), 'a'.replace(/a/, 'b'), 'a'.split(/a/), [...'a'.matchAll(/a/g)]]),
    ).toBeGreaterThan(3)
  })
})
