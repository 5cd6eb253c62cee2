import type { Monitor } from '@autodump/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

interface Document {
  definitions: { kind: string; operation?: string; name?: { value: string } }[]
}

interface Mercurius {
  graphql?: {
    addHook?(
      name: 'preExecution',
      hook: (schema: unknown, document: Document, context: { reply?: { request: FastifyRequest } }) => Promise<void>,
    ): void
  }
}

/** Where the application has GraphQL by mercurius: the table of requests shows which operation each has asked for. */
export function nameOperations(app: FastifyInstance, { requests, logger }: Monitor): void {
  try {
    ;(app as Mercurius).graphql?.addHook?.('preExecution', async (_schema, document, { reply }) => {
      const operations = document.definitions.filter(({ kind }) => kind === 'OperationDefinition')
      const name = operations.length === 1 ? operations[0]?.name?.value : undefined
      if (reply && name !== undefined) requests.name(reply.request.raw, name)
    })
  } catch (error) {
    logger.warn(`autodump: name the operations of GraphQL: ${error}`)
  }
}
