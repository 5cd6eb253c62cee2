import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { schemas } from '../generated/api-schemas.js'
import { queries } from '../generated/validators.js'
import { askAdmin } from '../testing/ask-admin.js'
import { capturingOf, createFakeMonitor, dumpId, entryOf, manifestOf } from '../testing/fake-monitor.js'
import { apiRoutes } from './routes.js'

interface Document {
  openapi: string
  security: object[]
  paths: Record<
    string,
    Record<string, { parameters: { name: string; in: string }[]; responses: object; requestBody?: object }>
  >
  components: { schemas: object; responses: Record<string, object> }
}

describe('the OpenAPI document', () => {
  it.each([{}, { prefix: '' }, { auth: false as const }, { prefix: '/a/b' }])('is valid with %j', async options => {
    const document = await describeApi(options)
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    )
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  it('has every route of the table but the files of the page, with its parameters', async () => {
    const { paths } = await describeApi()
    expect(Object.values(paths).flatMap(path => Object.keys(path))).toHaveLength(apiRoutes.length)
    for (const { method, path } of apiRoutes) {
      const key = `/debug/autodump${path === '/' ? '' : path.replace(/:(\w+)/g, '{$1}')}`
      const operation = paths[key]?.[method.toLowerCase()]
      expect(operation, `${method} ${key}`).toBeDefined()
      const named = operation?.parameters.filter(parameter => parameter.in === 'path').map(({ name }) => name)
      expect(named).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name))
    }
  })

  it('shows the schemas that validate', async () => {
    const { paths, components } = await describeApi()
    const bodies = JSON.stringify([
      paths['/debug/autodump/trigger']?.post?.requestBody,
      paths['/debug/autodump/thresholds']?.patch?.requestBody,
    ])
    for (const name of ['TriggerRequest', 'ThresholdsPatch'])
      expect(bodies).toContain(JSON.stringify({ $ref: `#/components/schemas/${name}` }))
    expect(components.schemas).toMatchObject({
      TriggerRequest: { properties: { duration: { type: 'integer', minimum: 10, maximum: 300_000 } } },
      ThresholdsPatch: {
        additionalProperties: { anyOf: [{ properties: { hold: { minimum: 1 } } }, { type: 'null' }] },
      },
    })
    const query = paths['/debug/autodump']?.get?.parameters.map(({ name }) => name)
    expect(query).toEqual(Object.keys(queries.ListQuery?.types ?? {}))
    const facets = ['service', 'version', 'origin', 'fault', 'since', 'until', 'facets']
    expect(query).toEqual(['limit', 'cursor', 'metric', 'rule', 'q', 'pinned', ...facets])
  })

  it('has the parameter and the answers of `instance` where a route forwards, and nowhere else', async () => {
    const { paths } = await describeApi()
    for (const { method, path, forwards = false } of apiRoutes) {
      const key = `/debug/autodump${path === '/' ? '' : path.replace(/:(\w+)/g, '{$1}')}`
      const operation = paths[key]?.[method.toLowerCase()]
      expect(
        operation?.parameters.some(({ name }) => name === 'instance'),
        `${method} ${path}`,
      ).toBe(forwards)
      expect(JSON.stringify(operation?.responses).includes('Autodump-Instances'), `${method} ${path}`).toBe(forwards)
    }
  })

  it('has every schema that it refers to, and no other', async () => {
    const document = JSON.stringify(await describeApi())
    const named = [...document.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
    expect(Object.keys(schemas).sort()).toEqual([...new Set(named)].sort())
  })

  it('asks for a token only where there is one', async () => {
    expect((await describeApi()).security).toEqual([{ bearer: [] }, { cookie: [] }])
    expect((await describeApi({ auth: false })).security).toEqual([])
  })

  it('has the refusals of each route', async () => {
    const { paths } = await describeApi()
    expect(Object.keys(paths['/debug/autodump/trigger']?.post?.responses ?? {})).toEqual([
      '201',
      '202',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
      '507',
    ])
  })
})

describe('what is answered is what the document says:', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'autodump', components: { schemas } })
  const check = (name: string, value: unknown) => {
    const validate = ajv.getSchema(`autodump#/components/schemas/${name}`)
    expect(validate?.(value), JSON.stringify(validate?.errors)).toBe(true)
  }
  const monitor = createFakeMonitor()
  const artifacts = [
    entryOf('a.json', 'a'),
    entryOf('b.json', 'b', { encoding: 'gzip', error: 'x', pauseMs: 1, engine: 'y' }),
  ]
  monitor.manifests.set(dumpId, manifestOf(dumpId, artifacts))
  const capturing = capturingOf('x', {
    done: [{ file: 'a.json', kind: 'requests', state: 'complete', bytes: 1, pauseMs: null }],
  })
  monitor.manifests.set('x', capturing)
  monitor.current.capture = capturing
  const { ask } = askAdmin({}, monitor)
  const body = async (path: string, init?: RequestInit) => JSON.parse(await (await ask(path, init)).text())

  it('the list', async () => check('DumpPage', await body('')))
  it('the session', async () => check('Session', await body('/session')))
  it('a manifest', async () => check('Manifest', await body(`/dumps/${dumpId}`)))
  it('a dump in the making', async () => check('CapturingDump', await body('/dumps/x')))
  it('thresholds', async () => check('Thresholds', await body('/thresholds')))
  it('the samples', async () => check('Samples', await body('/samples')))
  it('what captures cost', async () => check('Captures', await body('/captures')))
  it('the runs', async () => check('Runs', await body('/runs')))
  it('the status', async () => check('Status', await body('/status')))
  it('a trigger', async () => check('DumpBegun', await body('/trigger', { method: 'POST' })))
  it('a problem', async () => check('ProblemDetails', await body('?limit=0')))
})

async function describeApi(options: { prefix?: string; auth?: false } = {}): Promise<Document> {
  const { handler } = askAdmin(options)
  const headers = { authorization: 'Bearer t0ken' }
  const response = await handler(new Request(`http://localhost${handler.prefix}/openapi.json`, { headers }))
  return JSON.parse(await response.text())
}
