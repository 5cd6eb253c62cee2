import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { Options } from '../model/options.js'
import { fromEnvironment } from './environment.js'
import { resolveOptions } from './options.js'
import { resolveSinks } from './sinks.js'

const where = { cwd: '/work', script: '/app/dist/server.js' }

const placesOf = (module: string | URL, at = where) => {
  const [sink] = resolveSinks([{ module }], at)
  return [sink?.isPackage, sink?.places]
}

function errorsOf(sinks: unknown): string[] {
  try {
    resolveOptions({ sinks } as Options)
    return []
  } catch (error) {
    if (!(error instanceof AutodumpError)) throw error
    return error.errors.map(({ field, message }) => `${field} ${message}`)
  }
}

describe('the option sinks', () => {
  it('has defaults', () => {
    expect(resolveOptions().sinks).toEqual([])
    expect(resolveSinks([{ module: '@acme/sink' }], where)).toEqual([
      {
        module: '@acme/sink',
        places: ['/app/dist/app.js', '/work/app.js'],
        isPackage: true,
        options: {},
        timeout: 60_000,
      },
    ])
  })

  it.skipIf(process.platform === 'win32')('says where a module may be', () => {
    expect(placesOf('./sink.js')).toEqual([false, ['/work/sink.js', '/app/dist/sink.js']])
    expect(placesOf('../sink.js')).toEqual([false, ['/sink.js', '/app/sink.js']])
    expect(placesOf('/srv/sink.js')).toEqual([false, ['/srv/sink.js']])
    expect(placesOf('file:///srv/a%20sink.js')).toEqual([false, ['/srv/a sink.js']])
    expect(placesOf(new URL('file:///srv/sink.js'))).toEqual([false, ['/srv/sink.js']])
    expect(placesOf('sink', { cwd: '/work', script: undefined as never })).toEqual([true, ['/work/app.js']])
    expect(placesOf('./sink.js', { cwd: '/work', script: 'server.js' })).toEqual([false, ['/work/sink.js']])
  })

  it('copies the options of a sink, which go to another thread', () => {
    const options = { list: [1, null, { deep: true }], none: undefined }
    expect(resolveSinks([{ module: 'x', options }])[0]?.options).toEqual({ list: [1, null, { deep: true }] })
  })

  it('names field, rule and value of what is wrong', () => {
    expect(errorsOf('./sink.js')).toEqual([expect.stringMatching(/^sinks must be array, got "\.\/sink\.js"/)])
    expect(errorsOf([{}])).toEqual(['sinks.0 must have the field module'])
    expect(errorsOf([{ module: 7 }])).toEqual(['sinks.0.module must be string, got 7'])
    expect(errorsOf([{ module: 'x', timeout: 5 }])).toEqual(['sinks.0.timeout must be >= 100, got 5'])
    expect(errorsOf([{ module: 'x', option: {} }])).toEqual(['sinks.0.option is not a field that exists here'])
    expect(errorsOf(Array(17).fill({ module: 'x' }))[0]).toMatch(/^sinks must NOT have more than 16 items/)
    expect(errorsOf([Object.assign(new (class Sink {})(), { module: 'x' })])).toEqual([
      'sinks.0 must be a plain object, got an object of a class',
    ])
    for (const module of ['https://x.example/sink.js', 'data:text/javascript,1', 'node:fs'])
      expect(errorsOf([{ module }])).toEqual([
        `sinks.0.module must be a path, a file: URL or the name of a package, got a ${module.split(':')[0]}: URL`,
      ])
    expect(errorsOf([{ module: 'file://host/x.js' }])).toEqual(['sinks.0.module must be a file: URL of a path'])
  })

  it('refuses options that are no plain data, by their names', () => {
    const own: Record<string, unknown> = {}
    own.self = own
    expect(errorsOf([{ module: 'x', options: [] }])).toEqual([
      'sinks.0.options must be an object of plain data, got an array',
    ])
    expect(errorsOf([{ module: 'x', options: { client: { send: () => {} } } }])).toEqual([
      'sinks.0.options.client.send must be plain data, got a function',
    ])
    expect(errorsOf([{ module: 'x', options: { at: [new Date(0)] } }])).toEqual([
      'sinks.0.options.at.0 must be plain data, got an object of a class',
    ])
    expect(errorsOf([{ module: 'x', options: own }])).toEqual([
      'sinks.0.options.self must be plain data, got a reference to itself',
    ])
    expect(errorsOf([{ module: 'x', options: { max: Number.NaN } }])).toEqual([
      'sinks.0.options.max must be plain data, got NaN',
    ])
  })

  it('shows nothing of the options of a sink, whatever is wrong beside them', () => {
    const options = { token: 's3cret' }
    for (const sinks of [
      { module: 'x', options },
      [{ options }],
      [{ module: 1, options }],
      [[{ module: 'x', options }]],
    ])
      expect(errorsOf(sinks).join()).not.toMatch(/^$|s3cret/)
  })

  it('can be JSON in a variable', () => {
    const { options, problems } = fromEnvironment({
      AUTODUMP_SINKS: '[{"module":"./sink.js","options":{"to":"/mnt"}}]',
    })
    expect(problems).toEqual([])
    expect(options.sinks).toEqual([{ module: './sink.js', options: { to: '/mnt' } }])
    expect(fromEnvironment({ AUTODUMP_SINKS: './sink.js' }).problems).toEqual([
      expect.stringContaining('AUTODUMP_SINKS'),
    ])
  })
})
