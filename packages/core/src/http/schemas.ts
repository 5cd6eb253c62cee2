import { captureList, thresholdSchema } from '../options/threshold-schema.js'
import { triggerNames } from '../rules/table.js'
import { instanceParameter } from './fleet/select.js'

/** JSON Schemas of what a request may say; they validate, and `/openapi.json` shows them. */

export const instanceQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { instance: instanceParameter },
} as const

export const samplesQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    since: { type: 'integer', minimum: 0, description: 'only samples that were taken after it, in epoch milliseconds' },
    instance: instanceParameter,
  },
} as const

export const noQuery = { type: 'object', additionalProperties: false, properties: {} } as const

export const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 50, description: 'how many dumps a page has' },
    cursor: { type: 'string', minLength: 1, maxLength: 500, description: 'the `next` of the page before' },
    metric: {
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$',
      description: 'only dumps that this metric triggered',
    },
    rule: {
      type: 'string',
      enum: triggerNames,
      description: 'only dumps that this rule triggered',
    },
    q: {
      type: 'string',
      maxLength: 200,
      description: 'only dumps with each of these words in id, metric, rule, reason or summary; case does not matter',
    },
    pinned: { type: 'boolean', description: 'only dumps that are pinned, or only those that are not' },
  },
} as const

export const artifactQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    format: {
      type: 'string',
      enum: ['pprof'],
      description: 'a CPU, heap or async wait profile as gzipped pprof, for `go tool pprof`, Pyroscope and Parca',
    },
  },
} as const

export const triggerQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    wait: { type: 'boolean', default: false, description: 'answer with the manifest when the dump is complete' },
    instance: instanceParameter,
  },
} as const

export const triggerSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    capture: captureList,
    duration: {
      type: 'integer',
      minimum: 10,
      maximum: 300_000,
      description: 'milliseconds that a profile lasts; by default what the options say',
    },
    reason: { type: 'string', maxLength: 500, description: 'goes into the manifest' },
    worker: {
      type: ['string', 'integer'],
      minLength: 1,
      maxLength: 64,
      minimum: 1,
      description: 'the CPU profile is of the worker threads of that name or number, which called `registerWorker()`',
    },
  },
} as const

const cookiePath = {
  type: 'string',
  maxLength: 1024,
  pattern: "^/[\\w\\-.~!$&'()*+,=:@%/]*$",
  description: 'where the browser sees the prefix, if a proxy shows it under another path; the cookie is for that',
} as const

export const loginSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['token'],
  properties: { token: { type: 'string', minLength: 1, maxLength: 4096, writeOnly: true }, path: cookiePath },
} as const

export const logoutSchema = { type: 'object', additionalProperties: false, properties: { path: cookiePath } } as const

/** Only documents the merge patch: the rules room validates it, against the same `thresholdSchema`. */
export const thresholdsPatchSchema = {
  type: 'object',
  description: 'JSON Merge Patch (RFC 7396): metrics by name; what is left out stays as it is',
  additionalProperties: thresholdSchema,
} as const
