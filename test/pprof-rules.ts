// What the receivers of profiles refuse or drop, by their sources: grafana/pyroscope (pkg/validation, pkg/pprof),
// parca-dev/parca (pkg/normalizer/validate.go), google/pprof (Profile.CheckValid) and Grafana Alloy (delta profiles).
import { gunzipSync } from 'node:zlib'
import protobuf from 'protobufjs'

/** https://github.com/google/pprof/blob/main/proto/profile.proto */
const { root } = protobuf.parse(`
syntax = "proto3";
message Profile {
  repeated ValueType sample_type = 1; repeated Sample sample = 2; repeated Mapping mapping = 3;
  repeated Location location = 4; repeated Function function = 5; repeated string string_table = 6;
  int64 drop_frames = 7; int64 keep_frames = 8; int64 time_nanos = 9; int64 duration_nanos = 10;
  ValueType period_type = 11; int64 period = 12; repeated int64 comment = 13; int64 default_sample_type = 14;
}
message ValueType { int64 type = 1; int64 unit = 2; }
message Sample { repeated uint64 location_id = 1; repeated int64 value = 2; repeated Label label = 3; }
message Label { int64 key = 1; int64 str = 2; int64 num = 3; int64 num_unit = 4; }
message Mapping {
  uint64 id = 1; uint64 memory_start = 2; uint64 memory_limit = 3; uint64 file_offset = 4; int64 filename = 5;
  int64 build_id = 6; bool has_functions = 7; bool has_filenames = 8; bool has_line_numbers = 9;
}
message Location { uint64 id = 1; uint64 mapping_id = 2; uint64 address = 3; repeated Line line = 4; bool is_folded = 5; }
message Line { uint64 function_id = 1; int64 line = 2; int64 column = 3; }
message Function { uint64 id = 1; int64 name = 2; int64 system_name = 3; int64 filename = 4; int64 start_line = 5; }
`)

interface Row {
  id: number
}

export interface ReadProfile {
  sampleType: { type: number; unit: number }[]
  sample: { locationId: number[]; value: number[]; label: { key: number; str: number; num: number }[] }[]
  mapping: (Row & { hasFunctions: boolean })[]
  location: (Row & { mappingId: number; address: number; line: { functionId: number }[] })[]
  function: (Row & { name: number; filename: number })[]
  stringTable: string[]
  timeNanos: number
  durationNanos: number
  period: number
  periodType: { type: number; unit: number } | null
}

export function readProfile(gzipped: Uint8Array): ReadProfile & { rawBytes: number; text(index: number): string } {
  const raw = gunzipSync(gzipped)
  const type = root.lookupType('Profile')
  const read = type.toObject(type.decode(raw), { longs: Number, defaults: true, arrays: true }) as ReadProfile
  return { ...read, rawBytes: raw.length, text: index => read.stringTable[index] as string }
}

export interface Pushed {
  name: string
  labels: Record<string, string>
  /** Epoch milliseconds of its arrival. */
  now: number
}

/** The rules that a pushed profile breaks. */
export function brokenRules(gzipped: Uint8Array, { name, labels, now }: Pushed): string[] {
  const profile = readProfile(gzipped)
  const { sample, location, mapping, stringTable, text } = profile
  const locations = new Set(location.map(({ id }) => id))
  const functions = new Set(profile.function.map(({ id }) => id))
  const inOrder = (rows: Row[]) => rows.every(({ id }, index) => id === index + 1)
  const types = profile.sampleType.map(({ type, unit }) => `${text(type)}:${text(unit)}`)
  const at = profile.timeNanos / 1e6
  const label = (one: { key: number; str: number }) => [text(one.key), text(one.str)] as const
  const sampleLabels = sample.flatMap(one => one.label)
  const stack = (one: (typeof sample)[number]) => `${one.locationId} ${one.label.map(label).join()}`
  const address = new Map(location.map(({ id, address }) => [id, address]))
  const byAddress = (one: (typeof sample)[number]) =>
    `${one.locationId.map(id => address.get(id))} ${one.label.map(label).join()}`
  const known: Record<string, string[]> = {
    process_cpu: ['cpu:nanoseconds', 'samples:count'],
    memory: ['inuse_space:bytes', 'inuse_objects:count'],
  }

  const rules: Record<string, boolean> = {
    'the first string is empty': stringTable[0] === '',
    'there are sample types': types.length > 0 && types.every(type => !type.split(':')[0]?.includes('-')),
    'each sample has one value per type': sample.every(({ value }) => value.length === types.length),
    'no value is negative, and none is all zero': sample.every(
      ({ value }) => value.every(one => one >= 0) && value.some(one => one > 0),
    ),
    'ids are 1, 2, 3 and so on': inOrder(mapping) && inOrder(location) && inOrder(profile.function),
    'locations exist and have lines': sample.every(({ locationId }) => locationId.every(id => locations.has(id))),
    'functions exist': location.every(
      ({ line }) => line.length > 0 && line.every(one => functions.has(one.functionId)),
    ),
    'string indices are in the table': [
      ...profile.function.flatMap(one => [one.name, one.filename]),
      ...sampleLabels.flatMap(({ key, str }) => [key, str]),
    ].every(index => index >= 0 && index < stringTable.length),
    'the mapping says that functions are known': mapping.every(({ hasFunctions }) => hasFunctions),
    'every location has an address of its own': new Set(sample.map(stack)).size === new Set(sample.map(byAddress)).size,
    'at most 4 MiB': profile.rawBytes <= 4 * 1024 ** 2,
    'at most 16,000 samples': sample.length <= 16_000,
    'at most 1,000 frames': sample.every(({ locationId }) => locationId.length <= 1000),
    'no text above 65,535 bytes': stringTable.every(one => Buffer.byteLength(one) <= 65_535),
    'the time is neither an hour ago nor ten minutes ahead': at > now - 3_600_000 && at < now + 600_000,
    'there is a period': profile.period > 0 && profile.periodType !== null,
    'a CPU profile has a duration': name !== 'process_cpu' || profile.durationNanos > 0,
    'sample labels are texts with valid names': sampleLabels.every(
      one => one.str > 0 && one.num === 0 && /^[a-zA-Z_]\w*$/.test(text(one.key)),
    ),
    'ids of traces and spans are 32 and 16 hex digits': sampleLabels
      .map(label)
      .every(
        ([key, value]) => !/_id$/.test(key) || new RegExp(`^[0-9a-f]{${key === 'trace_id' ? 32 : 16}}$`).test(value),
      ),
    'no sample label has the name of a label of the series': sampleLabels.every(one => !(text(one.key) in labels)),
    'the name and the types are those that pages know': types.join() === known[name]?.join(),
    'service_name is there': Boolean(labels.service_name),
    'at most 30 labels of the right form': Object.keys(labels).length <= 29,
    'label names are valid': Object.keys(labels).every(one => /^[a-zA-Z_]\w*$/.test(one) && one.length <= 1024),
    'label values are at most 2,048 bytes': Object.values(labels).every(one => one && Buffer.byteLength(one) <= 2048),
  }
  return Object.entries(rules).flatMap(([rule, isKept]) => (isKept ? [] : [rule]))
}
