import { STATUS_CODES } from '../lib/node-http.js'
import type { Auth } from './auth.js'
import { sessionCookie } from './login-session.js'
import type { HeaderName, ResponseDoc, Route } from './route.js'

export interface Api {
  routes: Route[]
  prefix: string
  scheme: Auth['scheme']
  version: string
}

const headerDocs: Record<HeaderName | 'WWW-Authenticate', string> = {
  ETag: 'changes with what it belongs to',
  Location: 'path of the manifest, or a link to the store',
  'Retry-After': 'seconds',
  'Content-Disposition': 'attachment, with a file name',
  'Set-Cookie': 'the session, for the path under which this is mounted',
  'Autodump-Instances': 'ids of the processes that did it',
  'Autodump-Instances-Failed': 'ids of those that did not, where there are some',
  'WWW-Authenticate': 'how to authenticate',
}

/** The OpenAPI 3.1 description of the routes, made from the routes and the types that they name. */
export async function describeApi({ routes, prefix, scheme, version }: Api): Promise<object> {
  // Few processes ever serve it, and the schemas are as large as all routes together.
  const { schemas, queryParameters } = await import('../generated/api-schemas.js')
  const described = routes.map(route => ({ route, problems: problemsOf(route, scheme) }))
  const paths: Record<string, Record<string, object>> = {}
  for (const { route, problems } of described) {
    // The paths contain the prefix: with it in `servers`, the list would be at `<prefix>/`, which is another path.
    const path = `${prefix}${route.path}`.replace(/:(\w+)/g, '{$1}')
    const key = path === '/' ? path : path.replace(/\/$/, '')
    paths[key] = {
      ...paths[key],
      [route.method.toLowerCase()]: operationObject(route, problems, queryParameters[route.query ?? ''] ?? []),
    }
  }
  const statuses = [...new Set(described.flatMap(({ problems }) => problems))].sort()
  return {
    openapi: '3.1.0',
    info: {
      title: 'autodump',
      version,
      description: 'The dumps that this process made of itself, and what makes it do so.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: scheme === 'token' ? [{ bearer: [] }, { cookie: [] }] : [],
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(statuses.map(status => [problemName(status), problemObject(status)])),
      securitySchemes: scheme === 'token' ? securitySchemes : {},
    },
  }
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  cookie: { type: 'apiKey', in: 'cookie', name: sessionCookie },
}

function operationObject(route: Route, problems: number[], query: object[]): object {
  const { method, path, action, summary, description, body, forwards } = route
  const words = `${method.toLowerCase()}${path === '/' ? '/dumps' : path}`.split(/\W+/)
  return {
    operationId: words.map((word, index) => (index ? capitalised(word) : word)).join(''),
    summary,
    description: [description, action && `Action: \`${action}\`.`].filter(Boolean).join(' '),
    ...(action === null && { security: [] }),
    parameters: [...pathParameters(path), ...query, ...headerParameters(route)],
    ...(body && {
      requestBody: {
        required: !body.optional,
        content: Object.fromEntries(body.types.map(type => [type, { schema: refTo(body.schema) }])),
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, doc]) => [status, responseObject(doc, forwards)]),
      ),
      ...Object.fromEntries(
        problems.map(status => [status, { $ref: `#/components/responses/${problemName(status)}` }]),
      ),
    },
  }
}

function pathParameters(path: string): object[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)
  return names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function headerParameters({ headers = [] }: Route): object[] {
  const description = 'entity tags, or *'
  return headers.map(name => ({ name, in: 'header', description, schema: { type: 'string' } }))
}

/** A route that forwards reports which instances answered, and with `instance=all` the answer of each. */
function responseObject(
  { description, type = 'application/json', schema, headers = [] }: ResponseDoc,
  forwards?: true,
) {
  const names = schema === undefined ? [] : [schema].flat()
  const bodies = [...names, ...(forwards && names.length > 0 ? ['InstanceAnswers'] : [])].map(refTo)
  const content = bodies.length > 1 ? { anyOf: bodies } : (bodies[0] ?? { type: 'string' })
  const hasContent = schema !== undefined || type !== 'application/json'
  return {
    description,
    headers: headersObject(forwards ? [...headers, 'Autodump-Instances'] : headers),
    ...(hasContent && { content: { [type]: { schema: content } } }),
  }
}

/** The problems of the route, and those of the guards before it. */
function problemsOf({ problems = [], body, action, forwards }: Route, scheme: Auth['scheme']): number[] {
  const token = scheme === 'token' && action !== null ? [401, 429] : []
  return [
    ...new Set([400, ...token, 403, ...(body ? [413, 415] : []), ...(forwards ? [404, 503] : []), 500, ...problems]),
  ].sort()
}

function problemObject(status: number): object {
  const headers: (keyof typeof headerDocs)[] = [409, 429, 503].includes(status) ? ['Retry-After'] : []
  if (status === 401) headers.push('WWW-Authenticate')
  return {
    description: STATUS_CODES[status] ?? 'Error',
    headers: headersObject(headers),
    content: { 'application/problem+json': { schema: refTo('ProblemDetails') } },
  }
}

function headersObject(names: (keyof typeof headerDocs)[]): object {
  return Object.fromEntries(names.map(name => [name, { description: headerDocs[name], schema: { type: 'string' } }]))
}

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function problemName(status: number): string {
  return (STATUS_CODES[status] ?? `Status${status}`).replace(/\W/g, '')
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
