import { pathToFileURL } from 'node:url'

/**
 * JSON Schemas of the exported types of `model/` and `http/`, by name. A tag in a doc comment is a keyword: `@minimum 1`.
 * `@inWords` says a pattern in words, for messages.
 *
 * @param {string} core
 * @param {NodeJS.Require} require
 */
export async function createTypes(core, require) {
  const { createGenerator } = await import(pathToFileURL(require.resolve('ts-json-schema-generator')).href)
  const generator = createGenerator({
    path: `${core}src/{model/!(*.test),http/!(*.test),http/*/!(*.test)}.ts`,
    tsconfig: `${core}tsconfig.json`,
    skipTypeCheck: true,
    encodeRefs: false,
    sortProps: false,
    expose: 'export',
    jsDoc: 'extended',
    extraTags: ['writeOnly', 'inWords'],
  })
  const all = {}
  return {
    /** The schema of that type, with `$ref` to those that it is made of. */
    ref(name) {
      if (!all[name]) Object.assign(all, generator.createSchema(name).definitions)
      if (!all[name]) throw new Error(`there is no exported type ${name} in model/ or http/`)
      return tidy(all, all[name])
    },
    /** The same in one piece. */
    whole(name) {
      return inline(all, this.ref(name))
    },
    /** Those of these names, and of all that they are made of. */
    definitions(names) {
      const found = new Set()
      const find = name => {
        if (found.has(name)) return
        const schema = this.ref(name)
        found.add(name)
        for (const [, other] of JSON.stringify(schema).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) find(other)
      }
      names.forEach(find)
      return Object.fromEntries([...found].sort().map(name => [name, this.ref(name)]))
    },
  }
}

const prefix = '#/definitions/'

/** A text or a number under a name: that stays in TypeScript. */
const isPlain = ({ type, enum: values, $ref }) =>
  typeof type === 'string' && type !== 'object' && type !== 'array' && !values && !$ref

const mapValues = (schema, change) =>
  Array.isArray(schema)
    ? schema.map(change)
    : Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, change(value)]))

const isObject = value => typeof value === 'object' && value !== null

/** As it is published. A default in words is for people, and a whole number is a type of its own. */
function tidy(all, schema) {
  if (!isObject(schema)) return schema
  if (Array.isArray(schema)) return schema.map(one => tidy(all, one))
  if (schema.$ref) {
    const { $ref, ...more } = schema
    const name = $ref.slice(prefix.length)
    if (!isPlain(all[name])) return { ...more, $ref: `#/components/schemas/${name}` }
    // What the alias is for is said where it stands.
    const { description, ...plain } = tidy(all, all[name])
    return { ...plain, ...more }
  }
  if (schema.const !== undefined) {
    const { const: only, ...rest } = schema
    return { ...rest, enum: [only] }
  }
  const { multipleOf, default: usual, ...rest } = withOneEnum(all, schema)
  const type = multipleOf === 1 ? mapTypes(schema.type) : schema.type
  return mapValues(
    {
      ...rest,
      ...(type && { type }),
      ...(multipleOf !== undefined && multipleOf !== 1 && { multipleOf }),
      ...(fits(usual, type) && { default: usual }),
    },
    value => tidy(all, value),
  )
}

/** Words one of which is meant are one list, wherever they come from. */
function withOneEnum(all, schema) {
  const choices = schema.anyOf?.map(one => tidy(all, one.$ref ? all[one.$ref.slice(prefix.length)] : one))
  if (!choices?.every(one => one.type === 'string' && one.enum)) return schema
  const { anyOf, ...rest } = schema
  return { ...rest, type: 'string', enum: choices.flatMap(one => one.enum) }
}

const mapTypes = type => (Array.isArray(type) ? type.map(mapTypes) : type === 'number' ? 'integer' : type)

function fits(value, type) {
  const types = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', array: 'object' }
  return value !== undefined && [type].flat().some(one => types[one] === typeof value)
}

function inline(all, schema) {
  if (!isObject(schema)) return schema
  if (schema.$ref) return inline(all, tidy(all, all[schema.$ref.replace('#/components/schemas/', '')]))
  return mapValues(schema, value => inline(all, value))
}
