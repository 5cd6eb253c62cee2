import { gunzipSync } from 'node:zlib'
import { Profile, type ValueType } from 'pprof-format'

/** Names of attributes by the semantic conventions of OpenTelemetry. */
const resourceNames = new Map([
  ['service_name', 'service.name'],
  ['version', 'service.version'],
  ['instance', 'service.instance.id'],
  ['namespace', 'k8s.namespace.name'],
  ['node', 'k8s.node.name'],
  ['environment', 'deployment.environment.name'],
])

/** A table whose first entry is the zero value, as OTLP wants it; equal entries share an index. */
function createTable<T>(zero: T) {
  const rows = [zero]
  const known = new Map([[JSON.stringify(zero), 0]])
  return {
    rows,
    indexOf(row: T): number {
      const key = JSON.stringify(row)
      const at = known.get(key) ?? rows.push(row) - 1
      known.set(key, at)
      return at
    },
  }
}

/**
 * Profiles as the JSON of an OTLP request (`ExportProfilesServiceRequest`, `v1development`): one for each sample type, and
 * one dictionary for all. The signal is alpha.
 */
export function otlpRequest(pprofs: Uint8Array[], labels: Record<string, string>): object {
  const strings = createTable('')
  const links = createTable<object>({})
  const attributes = createTable<object>({})
  const mappings = createTable<object>({})
  const functions = createTable<object>({})
  const locations = createTable<object>({})
  const stacks = createTable<object>({})
  const v8 = attributes.indexOf({ keyStrindex: strings.indexOf('profile.frame.type'), value: { stringValue: 'v8js' } })
  const mapping = mappings.indexOf({ filenameStrindex: strings.indexOf('node') })

  function profilesOf(bytes: Uint8Array): object[] {
    const profile = Profile.decode(gunzipSync(bytes))
    const text = (index: number | bigint) => profile.stringTable.strings[Number(index)] ?? ''
    const str = (index: number | bigint) => strings.indexOf(text(index))
    const typeOf = ({ type, unit }: ValueType) => ({ typeStrindex: str(type), unitStrindex: str(unit) })
    const functionAt = new Map(
      profile.function.map(({ id, name, filename, startLine }) => [
        Number(id),
        functions.indexOf({ nameStrindex: str(name), filenameStrindex: str(filename), startLine: String(startLine) }),
      ]),
    )
    const locationAt = new Map(
      profile.location.map(({ id, address, line }) => [
        Number(id),
        locations.indexOf({
          mappingIndex: mapping,
          address: String(address),
          lines: line.map(one => ({ functionIndex: functionAt.get(Number(one.functionId)), line: String(one.line) })),
          attributeIndices: [v8],
        }),
      ]),
    )
    const samples = profile.sample.map(({ locationId, value, label }) => {
      const about = Object.fromEntries(label.map(({ key, str }) => [text(key), text(str)]))
      return {
        values: value,
        stackIndex: stacks.indexOf({ locationIndices: locationId.map(id => locationAt.get(Number(id))) }),
        ...(about.trace_id && { linkIndex: links.indexOf({ traceId: about.trace_id, spanId: about.span_id }) }),
      }
    })
    return profile.sampleType.map((sampleType, index) => ({
      sampleType: typeOf(sampleType),
      samples: samples.flatMap(({ values, ...rest }) =>
        Number(values[index]) === 0 ? [] : [{ ...rest, values: [String(values[index])] }],
      ),
      timeUnixNano: String(profile.timeNanos),
      durationNano: String(profile.durationNanos),
      ...(profile.periodType && { periodType: typeOf(profile.periodType), period: String(profile.period) }),
    }))
  }

  const profiles = pprofs.flatMap(profilesOf)
  return {
    resourceProfiles: [
      {
        resource: {
          attributes: Object.entries(labels).map(([name, value]) => ({
            key: resourceNames.get(name) ?? name,
            value: { stringValue: value },
          })),
        },
        scopeProfiles: [{ scope: { name: 'autodump' }, profiles }],
      },
    ],
    dictionary: {
      stringTable: strings.rows,
      linkTable: links.rows,
      attributeTable: attributes.rows,
      mappingTable: mappings.rows,
      functionTable: functions.rows,
      locationTable: locations.rows,
      stackTable: stacks.rows,
    },
  }
}
