import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs'
import 'protobufjs/ext/descriptor.js'
import protojson from 'protobufjs/ext/protojson.js'
import { describe, expect, it } from 'vitest'
import { cpuProfileToPprof } from '../packages/core/src/formats/pprof/cpu.js'
import { otlpRequest } from '../packages/core/src/monitor/profiles/otlp.js'
import { profileOf } from '../packages/core/src/testing/profile-of.js'

protojson.install()

/** The published schema, and a reader of it that is not ours: ProtoJSON refuses fields that there are not. */
const descriptors = readFileSync(new URL('./fixtures/otlp/otlp-profiles.desc', import.meta.url))
const request = protobuf.Root.fromDescriptor(descriptors).lookupType(
  'opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest',
)

// biome-ignore lint/suspicious/noExplicitAny: messages of a schema that is loaded at run time
type Decoded = any

const sent = () => {
  const profile = profileOf(
    [30, 'serve /app/server.js:3', 'render /app/render.js:88'],
    [10, 'serve /app/server.js:3'],
    [10, '(idle)'],
  )
  return otlpRequest([cpuProfileToPprof(profile)], { service_name: 'shop', version: '1.2.3' })
}

/** Read as ProtoJSON, sent as bytes, and read as a collector does. */
function decoded(json: object): Decoded {
  const bytes = request.encode(request.fromJson(structuredClone(json))).finish()
  return request.toJson(request.decode(bytes))
}

describe('OTLP profiles', () => {
  it('are what the published schema says, field by field', () => {
    const { resourceProfiles, dictionary } = decoded(sent())
    const text = (index: number) => dictionary.stringTable[index]
    expect(resourceProfiles[0].resource.attributes.map(({ key, value }: Decoded) => [key, value.stringValue])).toEqual([
      ['service.name', 'shop'],
      ['service.version', '1.2.3'],
    ])
    const { profiles } = resourceProfiles[0].scopeProfiles[0]
    const types = profiles.map(({ sampleType }: Decoded) => [
      text(sampleType.typeStrindex),
      text(sampleType.unitStrindex),
    ])
    expect(types).toContainEqual(['cpu', 'nanoseconds'])
    const cpu = profiles[types.findIndex(([type]: string[]) => type === 'cpu')]
    const stacks = cpu.samples.map(({ stackIndex, values }: Decoded) => {
      const { locationIndices } = dictionary.stackTable[stackIndex]
      const names = locationIndices.map((at: number) =>
        dictionary.locationTable[at].lines.map(({ functionIndex }: Decoded) =>
          text(dictionary.functionTable[functionIndex].nameStrindex),
        ),
      )
      return [names.flat(), Number(values[0]) / 1e6]
    })
    // The innermost function first; milliseconds.
    expect(stacks).toContainEqual([['render', 'serve'], 30])
    expect(stacks).toContainEqual([['serve'], 10])
    for (const table of ['mapping', 'location', 'function', 'link', 'attribute', 'stack'])
      expect(dictionary[`${table}Table`].length).toBeGreaterThan(0)
    expect(text(0)).toBe('')
  })

  it('lose nothing on the way: what the schema reads is what was sent', () => {
    const json = JSON.parse(JSON.stringify(sent()))
    expect(prune(request.toJson(request.fromJson(structuredClone(json))))).toEqual(prune(json))
  })

  it('would be refused with a field that is not in the schema', () => {
    const json = sent() as { resourceProfiles: object[] }
    expect(() => request.fromJson({ ...json, resourceProfiles: [{ comment: 'x' }] })).toThrow()
  })
})

/** Without what is the zero value, which ProtoJSON may leave out; entries of a list stay. */
function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune)
  if (typeof value !== 'object' || value === null) return value
  const isZero = (one: unknown) =>
    one === 0 || one === '0' || one === '' || one === undefined || (Array.isArray(one) && one.length === 0)
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, prune(one)] as const)
      .filter(([, one]) => !isZero(one)),
  )
}
