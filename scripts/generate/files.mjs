import { pathToFileURL } from 'node:url'

const note = 'Made by scripts/generate.mjs. Do not edit: change the types, then `npm run generate`.'

/** The files of `generated/` by name. */
export async function filesOf({ routes, fileSchemas, types, require }) {
  const { Ajv } = await import(pathToFileURL(require.resolve('ajv')).href)
  const { default: standalone } = await import(pathToFileURL(require.resolve('ajv/dist/standalone/index.js')).href)

  const queryNames = unique(routes.map(({ query }) => query))
  // Of a merge patch each metric is checked by itself: `options/thresholds-patch.ts`.
  const bodyNames = unique(
    routes.map(({ body }) => (body?.types.includes('application/merge-patch+json') ? undefined : body?.schema)),
  )
  const queries = {
    NoQuery: { type: 'object', additionalProperties: false },
    ...byName(queryNames, name => types.whole(name)),
  }
  const { required: _, ...threshold } = types.whole('Threshold')
  const options = types.whole('DataOptions')
  const bucket = types.whole('BucketOptions')
  // Each of its webhooks is checked by itself: what is wrong with one branch of a choice cannot be said.
  const notify = types.whole('NotifyOptions')
  const webhook = types.whole('WebhookOptions')
  const profiles = types.whole('ProfilesOptions')

  const optionInputs = {
    Options: withThresholdByName(options, threshold),
    BucketOptions: bucket,
    MessageOptions: types.whole('MessageOptions'),
    WebhookOptions: webhook,
    ProfilesOptions: profiles,
    Threshold: threshold,
  }
  const requestInputs = { ...byName(bodyNames, name => types.whole(name)), ...queries }
  const queryTypes = ({ properties = {} }) =>
    JSON.stringify(byName(Object.keys(properties), name => properties[name].type))
  const queryTable = Object.entries(queries).map(
    ([name, schema]) => `  ${name}: { validate: is${name}, types: ${queryTypes(schema)} },\n`,
  )

  const validators = validatorsOf(Ajv, standalone, requestInputs, true, name => !(name in queries))
  const result = {
    // An app loads them before it listens: apart from the others, and each group of options is compiled when it is given.
    'option-validators.ts': validatorsOf(
      Ajv,
      standalone,
      byName(Object.keys(optionInputs), name => inGroups(optionInputs[name])),
      true,
      () => true,
    ),
    'validators.ts': `${validators}
/** Of query parameters, by the name of their type. */
export const queries: Record<string, { validate: Compiled; types: Record<string, string> }> = {
${queryTable.join('')}}
`,
    // What is read from the disk is given up at the first mistake.
    'file-validators.ts': validatorsOf(
      Ajv,
      standalone,
      {
        Manifest: fileSchemas.manifestSchema,
        QueueFile: fileSchemas.queueFileSchema,
        SinkQueue: fileSchemas.sinkQueueSchema,
        RunRecord: fileSchemas.runRecordSchema,
        Instance: fileSchemas.instanceSchema,
      },
      false,
      () => true,
    ),
    'option-types.ts': `// ${note}
/** The options that are data: of which type each is, and those within it. */
export const optionTypes = ${JSON.stringify(typesOnly(options))} as const

/** Their defaults, by the tags of that name. */
export const optionDefaults = ${JSON.stringify(defaultsOf(options))} as const

/** The same of \`bucket\`, \`notify\` and \`profiles\`, where values may be secrets. */
export const bucketTypes = ${JSON.stringify(typesOnly(bucket))} as const

export const bucketDefaults = ${JSON.stringify(defaultsOf(bucket))} as const

export const notifyTypes = ${JSON.stringify(typesOnly(notify))} as const

export const notifyDefaults = ${JSON.stringify(defaultsOf(notify))} as const

export const webhookDefaults = ${JSON.stringify(defaultsOf(webhook))} as const

export const profilesTypes = ${JSON.stringify(typesOnly(profiles))} as const

export const profilesDefaults = ${JSON.stringify(defaultsOf(profiles))} as const

export const receiverDefaults = ${JSON.stringify(defaultsOf(profiles.properties.push.items))} as const
`,
  }
  const named = routes.flatMap(({ body, responses }) => [
    body?.schema,
    ...Object.values(responses).flatMap(({ schema }) => schema),
  ])
  const schemas = types.definitions(unique([...named, 'ProblemDetails', 'InstanceAnswers']))
  const parameters = byName(queryNames, name =>
    Object.entries(queries[name].properties).map(([parameter, { description, ...schema }]) => {
      return { name: parameter, in: 'query', description, schema }
    }),
  )
  result['api-schemas.ts'] = `// ${note}
/** Of the bodies that the routes read and answer. */
export const schemas: Record<string, object> = ${JSON.stringify(schemas)}

/** Query parameters, by the name of their type. */
export const queryParameters: Record<string, object[]> = ${JSON.stringify(parameters)}
`
  return result
}

/** A module with a validator for each schema, which needs no ajv when it runs. */
function validatorsOf(Ajv, standalone, schemas, allErrors, isExported) {
  const ajv = new Ajv({
    schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`is${name}`, withoutWords(schema)])),
    allErrors,
    strict: true,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  })
  const names = Object.keys(schemas).map(name => `is${name}`)
  const code = standalone.default(
    ajv,
    byName(names, name => name),
  )
  const words = wordsOf(schemas)
  const typed = code
    .replace('"use strict";\n', '')
    .replace(
      /^export const (\w+) = /gm,
      (_, name) => `${isExported(name.slice(2)) ? 'export ' : ''}const ${name}: Compiled = `,
    )
    // Nobody asks where in the schema the rule stands.
    .replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
    .replace(notedError, (_, _name, error) => `vErrors = ${noting(error)};\n`)
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'codePoints')
    .replace(patternMessage, (message, pattern) =>
      words[pattern] ? `message:${JSON.stringify(`must be ${words[pattern]}`)}` : message,
    )
  if (typed.includes('require(')) throw new Error('of the runtime of ajv only `ucs2length` has a counterpart here')
  return `// @ts-nocheck
// ${note}
import { ${['type Compiled', ...helpers.filter(name => typed.includes(name))].join(', ')} } from '../lib/validate.js'
${typed}`
}

/** The options, whose thresholds are checked by the function that checks one by itself. */
function withThresholdByName(options, threshold) {
  const { thresholds } = options.properties
  const fieldsOf = ({ properties }) => JSON.stringify(Object.entries(withoutWords({ properties }).properties).sort())
  if (fieldsOf(thresholds.additionalProperties) !== fieldsOf(threshold))
    throw new Error('a threshold among the options has other fields than one by itself')
  const byReference = { ...thresholds, additionalProperties: { $ref: 'isThreshold' } }
  return { ...options, properties: { ...options.properties, thresholds: byReference } }
}

/** Each group of fields gets a function of its own. */
function inGroups(schema) {
  const groups = Object.entries(schema.properties ?? {}).filter(([, { type }]) => type === 'object')
  if (groups.length === 0) return schema
  const refs = byName(
    groups.map(([name]) => name),
    name => ({ $ref: `#/definitions/${name}` }),
  )
  return { ...schema, definitions: Object.fromEntries(groups), properties: { ...schema.properties, ...refs } }
}

const unique = names => [...new Set(names.filter(name => name !== undefined))]

const byName = (names, value) => Object.fromEntries(names.map(name => [name, value(name)]))

/** Functions of `lib/validate.ts` that the validators call. */
const helpers = ['beyond', 'codePoints', 'noted', 'unknownField', 'wrongType']

/** The way of ajv to keep an error, for each rule eight lines. */
const notedError =
  /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g

/** The same by a call. An app loads a few hundred of them before it listens, so the usual ones are short. */
function noting(error) {
  const [, path = 'instancePath', rest] = /^\{instancePath(?::(.*?))?,(keyword:.*)\}$/.exec(error)
  const type = /^keyword:"type",params:\{type: ("[^"]*")\},message:"must be ([^"]*)"$/.exec(rest)
  if (type && type[1] === `"${type[2]}"`) return `wrongType(vErrors, ${path}, ${type[1]})`
  const bound =
    /^keyword:("\w+"),params:\{comparison: ("[<>]=?"), limit: ([\d.]+)\},message:"must be [<>]=? [\d.]+"$/.exec(rest)
  if (bound) return `beyond(vErrors, ${path}, ${bound.slice(1).join(', ')})`
  const field =
    /^keyword:"additionalProperties",params:\{additionalProperty: (\w+)\},message:"must NOT have additional properties"$/.exec(
      rest,
    )
  if (field) return `unknownField(vErrors, ${path}, ${field[1]})`
  return `noted(vErrors, ${error})`
}

/** The message of ajv about a pattern; its group is the pattern as JSON. */
const patternMessage = /message:"must match pattern \\""\+("(?:[^"\\]|\\.)*")\+"\\""/g

/** Patterns in words, by their JSON. */
function wordsOf(schema) {
  if (typeof schema !== 'object' || schema === null) return {}
  const { pattern, inWords } = schema
  const own = typeof inWords === 'string' ? { [JSON.stringify(pattern)]: inWords } : {}
  return Object.assign(own, ...Object.values(schema).map(wordsOf))
}

/** Validators carry their schema with them. */
function withoutWords(schema) {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(withoutWords)
  const { description, default: _, writeOnly, inWords, ...rest } = schema
  const changed = Object.entries(rest).map(([key, value]) => {
    return [
      key,
      key === 'properties' ? byName(Object.keys(value), name => withoutWords(value[name])) : withoutWords(value),
    ]
  })
  return Object.fromEntries(changed)
}

function typesOnly({ type, properties, additionalProperties }) {
  return {
    ...(type && { type }),
    ...(properties && { properties: byName(Object.keys(properties), name => typesOnly(properties[name])) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: typesOnly(additionalProperties) }),
  }
}

/** Of an object the defaults of its fields, where they have some. */
function defaultsOf({ default: usual, properties }) {
  if (!properties) return usual
  const all = Object.entries(properties).map(([name, schema]) => [name, defaultsOf(schema)])
  const known = all.filter(([, value]) => value !== undefined)
  return known.length > 0 ? Object.fromEntries(known) : undefined
}
