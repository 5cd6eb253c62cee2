import { json } from '../problem.js'
import type { Operation } from '../route.js'

export const getOpenapi: Operation = {
  summary: 'Read the description of this API',
  responses: { 200: { description: 'An OpenAPI 3.1 document', schema: 'OpenApi' } },
  handle: ({ admin }) => json(admin.describe()),
}
