import { captureKinds } from '../model/capture-kind.js'
import { actions } from '../model/options.js'
import { thresholdSchema } from '../options/threshold-schema.js'

/** JSON Schemas of what the admin API answers, for `/openapi.json`; the tests hold the answers to them. */

const text = { type: 'string' } as const

const count = { type: 'integer', minimum: 0 } as const

const number = { type: 'number' } as const

const reading = { type: ['number', 'null'] } as const

const time = { type: 'string', format: 'date-time' } as const

const epoch = { type: 'number', description: 'epoch milliseconds' } as const

const object = { type: 'object' } as const

const kind = { type: 'string', enum: captureKinds } as const

const pinned = { type: 'boolean', description: 'retention leaves it alone' } as const

const nullable = (schema: object) => ({ anyOf: [schema, { type: 'null' }] })

const list = (items: object) => ({ type: 'array', items })

const map = (values: object) => ({ type: 'object', additionalProperties: values })

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** An object with exactly these fields, all of them required but those named. */
function record(properties: Record<string, object>, optional: string[] = []): object {
  const required = Object.keys(properties).filter(name => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

const verdict = record({ state: text, reason: text, threshold: reading })

/** Of one process, or of each of several. */
const orEach = (schema: object) => ({ anyOf: [schema, ref('InstanceAnswers')] })

export const responseSchemas: Record<string, object> = {
  Problem: {
    ...record(
      {
        type: text,
        title: text,
        status: { type: 'integer' },
        detail: text,
        errors: list(record({ field: text, message: text })),
      },
      ['errors'],
    ),
    description: 'RFC 9457; `errors` lists every invalid field',
  },
  DumpPage: record(
    {
      dumps: list(
        record({
          id: text,
          createdAt: time,
          state: { type: 'string', enum: ['complete', 'partial', 'failed'] },
          metric: { type: ['string', 'null'] },
          rule: text,
          reason: text,
          summary: text,
          bytes: { ...count, description: 'size on disk' },
          artifacts: list(
            record({ file: text, kind, bytes: count, state: { type: 'string', enum: ['complete', 'failed'] } }),
          ),
          pinned,
        }),
      ),
      total: { ...count, description: 'how many dumps match, on all pages together' },
      next: { type: 'string', description: 'the cursor of the next page; absent on the last one' },
    },
    ['next'],
  ),
  Trigger: record({
    metric: { type: ['string', 'null'], description: 'null for a manual one and for a crash' },
    rule: { type: 'string', enum: ['spike', 'watermark', 'leak', 'manual', 'crash'] },
    value: reading,
    mean: reading,
    threshold: reading,
    unit: { type: ['string', 'null'], enum: ['percent', 'ms', 'count', 'value', null] },
    history: list(number),
    reason: text,
  }),
  Sample: record(
    {
      at: epoch,
      values: map(reading),
      blockedFor: number,
      capturing: { type: 'boolean' },
      cpuThreads: { ...record({ main: number, others: number }), description: '`cpu`, split; on Linux' },
      gap: { ...number, description: 'milliseconds since the sample before, where that is too long' },
    },
    ['blockedFor', 'capturing', 'cpuThreads', 'gap'],
  ),
  Artifact: record(
    {
      file: text,
      kind,
      phase: { type: 'string', enum: ['before', 'during'] },
      bytes: { ...count, description: 'size of the content, before compression' },
      sha256: { type: 'string', description: 'of the content, before compression' },
      encoding: { type: 'string', enum: ['gzip'] },
      storedBytes: { ...count, description: 'size on disk' },
      state: { type: 'string', enum: ['complete', 'failed'] },
      error: text,
      pauseMs: { ...number, description: 'how long the app thread stood still for it' },
      engine: text,
      redacted: { type: 'boolean', enum: [true], description: 'the strings of the app were taken out of it' },
      thread: { type: 'string', description: 'the worker thread that it is of' },
      salvagedFrom: { type: 'string', description: 'of a crash: the unfinished dump that it was saved from' },
    },
    ['encoding', 'error', 'pauseMs', 'engine', 'redacted', 'thread', 'salvagedFrom'],
  ),
  Manifest: record({
    id: text,
    createdAt: time,
    state: { type: 'string', enum: ['complete', 'partial', 'failed'] },
    trigger: ref('Trigger'),
    process: record({
      pid: { type: 'integer' },
      host: text,
      node: text,
      v8: text,
      uptime: { ...number, description: 'seconds' },
      labels: map(text),
      limits: object,
    }),
    samples: list(ref('Sample')),
    artifacts: list(ref('Artifact')),
    summary: record({ text, findings: list(record({ kind: text, text, data: object }, ['data'])) }),
  }),
  Capturing: record(
    {
      id: text,
      state: { type: 'string', enum: ['capturing'] },
      createdAt: time,
      trigger: ref('Trigger'),
      pending: { ...list(text), description: 'what the capture waits for' },
      kinds: list(kind),
      taking: {
        ...list(record({ kind, since: time, expectedMs: number })),
        description: 'what is being taken right now, since when, and the milliseconds that it should take',
      },
      endsAt: { ...time, description: 'when it should be over' },
      done: {
        ...list(
          record({
            file: text,
            kind,
            state: { type: 'string', enum: ['complete', 'failed'] },
            bytes: count,
            pauseMs: reading,
          }),
        ),
        description: 'what is finished',
      },
    },
    ['createdAt', 'trigger', 'pending', 'kinds', 'taking', 'endsAt', 'done'],
  ),
  ManifestOrCapturing: { oneOf: [ref('Manifest'), ref('Capturing')] },
  Thresholds: map({ ...thresholdSchema, required: Object.keys(thresholdSchema.properties) }),
  Status: record(
    {
      state: {
        type: 'string',
        enum: ['stopped', 'starting', 'running', 'stalled', 'stopping'],
        description: '`stalled`: it takes no samples, and `thread.degraded` says why',
      },
      thread: record({
        mode: { type: 'string', enum: ['monitor-thread', 'app-thread'] },
        restarts: count,
        degraded: { type: ['string', 'null'] },
      }),
      pid: { type: 'integer' },
      version: text,
      dir: text,
      interval: { ...number, description: 'milliseconds between samples' },
      limits: { ...object, description: 'what each percentage is of' },
      cpuProfiler: { type: ['string', 'null'] },
      recorder: {
        ...record({
          engine: { type: ['string', 'null'], description: 'null while nothing is recorded' },
          reason: { type: ['string', 'null'], description: 'why nothing is recorded' },
          window: { ...number, description: 'milliseconds' },
          sampleInterval: { ...number, description: 'microseconds' },
          windows: count,
          bytes: count,
        }),
        description: 'the flight recorder and what it keeps',
      },
      blockedFor: { ...number, description: 'milliseconds for which the event loop has been blocked' },
      sample: nullable(ref('Sample')),
      metrics: map(
        record({
          value: reading,
          unit: text,
          mean: reading,
          deviation: reading,
          history: list(number),
          rules: map(verdict),
        }),
      ),
      capture: nullable(ref('Capturing')),
      dumps: record({
        count,
        bytes: count,
        last: nullable(record({ id: text, summary: { ...text, description: 'the `summary.text` of its manifest' } })),
        byRule: map(count),
        newest: { ...map(record({ id: text, at: epoch })), description: 'the newest one of each rule' },
      }),
      totals: {
        ...record({ cpuMs: number, blockedMs: number, gcMs: number, errors: count }),
        description: 'what has added up: CPU time since the process started, the rest since the monitor did',
      },
      recent: {
        ...record({ eventLoopDelay: reading, inFlight: reading }),
        description: 'the worst of the last 60 seconds',
      },
      quota: record({ maxPerHour: count, retryAfter: { ...number, description: 'milliseconds' } }),
      rules: record({
        history: { ...count, description: 'how many samples the moving mean is of' },
        warmup: { ...count, description: 'samples before a spike may fire' },
        captureDuration: { ...number, description: 'milliseconds that a CPU profile takes' },
      }),
      notify: nullable(
        record({
          webhooks: { ...list(text), description: 'hosts only' },
          queued: count,
          sent: count,
          failed: { ...count, description: 'messages that were given up' },
          lastError: nullable(record({ at: time, webhook: text, message: text })),
        }),
      ),
      bucket: nullable(
        record({
          place: { ...text, description: 'bucket, prefix and endpoint' },
          state: { enum: ['idle', 'uploading', 'waiting', 'blocked'] },
          pending: { ...count, description: 'dumps on disk that are not in the bucket yet' },
          uploaded: count,
          failed: { ...count, description: 'attempts that failed' },
          lastSuccess: nullable(time),
          lastError: nullable(record({ at: time, message: text })),
        }),
      ),
      admin: {
        ...nullable(record({ address: { type: ['string', 'null'] }, error: { type: ['string', 'null'] } })),
        description: 'the admin server of the monitor thread',
      },
      errors: list(record({ at: time, what: text, message: text, count })),
      asOf: {
        ...time,
        description: 'of a process that did not answer at once: this is what it said then, before it stood still',
      },
    },
    ['asOf'],
  ),
  InstanceAnswers: {
    ...record({
      instances: list(
        record({ id: text, pid: { type: 'integer' }, status: { ...count, description: 'as of HTTP' }, body: object }),
      ),
    }),
    description: 'with `instance=all`: what each process has answered, or the problem that kept it from that',
  },
  Samples: record({
    interval: { ...number, description: 'milliseconds between samples' },
    samples: list(ref('Sample')),
  }),
  Captures: record({
    captures: list(
      record({
        kind,
        enabled: { type: 'boolean', description: 'a trigger may ask for it' },
        reason: { type: ['string', 'null'], description: 'why not, or why it would be refused now' },
        stopsApp: { type: 'boolean', description: 'the app stands still for all of it' },
        expectedPauseMs: { ...reading, description: 'for how long the app will stand still in all' },
        note: { type: ['string', 'null'], description: 'the same in words, and where it comes from' },
        duration: { ...reading, description: 'milliseconds that it lasts by default' },
        opensWith: list(text),
      }),
    ),
  }),
  StatusOrEach: orEach(ref('Status')),
  SamplesOrEach: orEach(ref('Samples')),
  CapturesOrEach: orEach(ref('Captures')),
  ThresholdsOrEach: orEach(ref('Thresholds')),
  CapturingOrEach: orEach(ref('Capturing')),
  Instances: record({
    instances: list(
      record({
        id: text,
        pid: { type: 'integer' },
        host: text,
        title: { ...text, description: 'name of the script' },
        script: { ...text, description: 'path of the script' },
        labels: map(text),
        node: text,
        version: text,
        startedAt: time,
        self: { type: 'boolean', description: 'it is the process that answers' },
        condition: {
          type: 'string',
          enum: ['starting', 'running', 'stalled', 'stopping', 'stopped', 'blocked', 'busy', 'silent'],
          description:
            '`blocked`: its event loop is; `busy`: it captures a dump and does not answer at once, so this is what it said before; `silent`: not even its monitor thread answers',
        },
        error: { type: ['string', 'null'], description: 'why nothing is known of it' },
        blockedFor: { ...reading, description: 'milliseconds for which its event loop has been blocked' },
        sample: nullable(ref('Sample')),
        capture: nullable(ref('Capturing')),
        lastDump: nullable(record({ id: text, summary: text })),
      }),
    ),
  }),
  Session: record({
    scheme: { type: 'string', enum: ['token', 'authorize', 'open'] },
    actions: {
      ...record(Object.fromEntries(actions.map(action => [action, { type: 'boolean' }]))),
      description: 'which are allowed',
    },
    canLogout: { type: 'boolean', description: 'it is by a cookie' },
    version: text,
    instance: { ...text, description: 'id of the process that answers' },
    pid: { type: 'integer' },
    host: text,
    prefix: text,
  }),
  OpenApi: object,
}
