import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'

/** A gzipped pprof as one reads it: stacks innermost first, each frame as `name file:line`. */
export function readPprof(bytes: Uint8Array) {
  const profile = Profile.decode(gunzipSync(bytes))
  const text = (id: number | bigint) => profile.stringTable.strings[Number(id)]!
  const functions = new Map(profile.function.map(entry => [Number(entry.id), entry]))
  const locations = new Map(profile.location.map(entry => [Number(entry.id), entry]))

  function frame(id: number | bigint): string {
    const line = locations.get(Number(id))!.line[0]!
    const { name, filename } = functions.get(Number(line.functionId))!
    return filename || line.line ? `${text(name)} ${text(filename)}:${line.line}` : text(name)
  }

  return {
    types: profile.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`),
    defaultType: text(profile.defaultSampleType),
    periodType: `${text(profile.periodType!.type)}/${text(profile.periodType!.unit)}`,
    period: Number(profile.period),
    timeNanos: BigInt(profile.timeNanos),
    durationNanos: Number(profile.durationNanos),
    comments: profile.comment.map(text),
    addresses: profile.location.map(({ address }) => Number(address)),
    functions: profile.function.map(entry => `${text(entry.name)} ${text(entry.filename)}:${entry.startLine}`),
    samples: profile.sample.map(sample => ({
      stack: sample.locationId.map(frame),
      values: sample.value.map(Number),
      labels: Object.fromEntries(sample.label.map(({ key, str }) => [text(key), text(str)])),
    })),
  }
}
