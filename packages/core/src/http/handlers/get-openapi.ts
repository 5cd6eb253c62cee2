import { json } from '../problem.js'
import type { Route } from '../route.js'

/** A document of OpenAPI. @public by its name */
export type OpenApi = Record<string, unknown>

export const getOpenapi: Route = {
  method: 'GET',
  path: '/openapi.json',
  action: 'read',
  summary: 'Read the description of this API',
  responses: { 200: { description: 'An OpenAPI 3.1 document', schema: 'OpenApi' } },
  handle: async ({ admin }) => json(await admin.describe()),
}
