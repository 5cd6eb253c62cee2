import { describe, expect, it } from 'vitest'
import { fromEnvironment } from './environment.js'
import { resolveOptions } from './options.js'
import { profilesErrors } from './profiles.js'

const url = 'http://pyroscope:4040/'

describe('the option profiles', () => {
  it('has defaults', () => {
    expect(resolveOptions({}).profiles).toEqual({ push: [], pull: null, shares: true })
    const { profiles } = resolveOptions({ profiles: { push: [{ to: 'parca', url }], pull: {} } })
    expect(profiles).toEqual({
      push: [{ to: 'parca', url: 'http://pyroscope:4040', headers: {}, every: 60_000 }],
      pull: { prefix: '/debug/pprof' },
      shares: true,
    })
  })

  it.each<[string, unknown, string]>([
    ['no object', 3, 'profiles'],
    ['an unknown field', { pushes: [] }, 'profiles.pushes'],
    ['no array', { push: {} }, 'profiles.push'],
    ['too many', { push: Array(9).fill({ to: 'parca', url }) }, 'profiles.push'],
    ['no receiver', { push: ['parca'] }, 'profiles.push.0'],
    ['another receiver', { push: [{ to: 'datadog', url }] }, 'profiles.push.0.to'],
    ['no URL', { push: [{ to: 'parca', url: 'parca:7070' }] }, 'profiles.push.0.url'],
    ['a query', { push: [{ to: 'parca', url: `${url}?a=1` }] }, 'profiles.push.0.url'],
    ['a password in the URL', { push: [{ to: 'parca', url: 'http://a:b@parca' }] }, 'profiles.push.0.url'],
    ['too often', { push: [{ to: 'parca', url, every: 10 }] }, 'profiles.push.0.every'],
    [
      'a header with a line break',
      { push: [{ to: 'parca', url, headers: { a: 'b\nc' } }] },
      'profiles.push.0.headers.a',
    ],
    ['otlp without a word', { push: [{ to: 'otlp', url }] }, 'profiles.push.0.experimental'],
    ['a prefix with a space', { pull: { prefix: '/a b' } }, 'profiles.pull.prefix'],
    ['the root', { pull: { prefix: '/' } }, 'profiles.pull.prefix'],
    ['no truth', { shares: 'yes' }, 'profiles.shares'],
  ])('refuses %s', (_, profiles, field) => {
    expect(profilesErrors(profiles).map(error => error.field)).toEqual([field])
  })

  it('never shows the values of headers', () => {
    const secret = ['s3', 'cret\n'].join('')
    const errors = profilesErrors({ push: [{ to: 'parca', url, headers: { authorization: secret } }] })
    expect(JSON.stringify(errors)).not.toContain('s3cret')
  })

  it('names rule and value, but no text of a receiver', () => {
    const given = {
      push: ['http://u:s3cret@parca', { to: 'parca', url: ['s3cret'], every: 10 }],
      pull: { prefix: '/a b' },
    }
    expect(profilesErrors(given).map(({ field, message }) => `${field} ${message}`)).toEqual([
      'profiles.push.0 must be object, got a value that is not shown',
      'profiles.push.1.url must be string, got a value that is not shown',
      'profiles.push.1.every must be >= 1000, got 10',
      'profiles.pull.prefix must be a path of letters, digits and / . _ ~ -, got "/a b"',
    ])
  })

  it('can be set by variables', () => {
    const { options, problems } = fromEnvironment({
      AUTODUMP_PROFILES_PUSH: JSON.stringify([{ to: 'pyroscope', url }]),
      AUTODUMP_PROFILES_PULL_PREFIX: '/debug/pprof',
      AUTODUMP_PROFILES_SHARES: 'false',
    })
    expect(problems).toEqual([])
    expect(options.profiles).toEqual({
      push: [{ to: 'pyroscope', url }],
      pull: { prefix: '/debug/pprof' },
      shares: false,
    })
  })
})
