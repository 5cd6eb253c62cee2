import type { MonitorApi } from '../model/monitor-api.js'
import type { Action, Client } from '../model/options.js'
import type { Auth, Credential } from './auth.js'
import type { BodyRule } from './body.js'
import type { Page } from './page/page.js'
import type { Streams } from './streams.js'

/** What the handlers share. */
export interface Admin {
  monitor: MonitorApi
  /** Path under which the routes are mounted, without a slash at its end. */
  prefix: string
  streams: Streams
  page: Page
  scheme: Auth['scheme']
  /** See `Auth`. */
  login: Auth['login']
  allows: Auth['allows']
  /** The OpenAPI description of the routes. */
  describe(): object
}

/** A request that passed every guard. */
export interface Call {
  admin: Admin
  request: Request
  client: Client
  /** How the request proved who it is. */
  credential: Credential
  /** What `:id` and `:file` of the path are; empty where the path has none. */
  params: { id: string; file: string }
  /** As the schema of the operation says. */
  query: Record<string, unknown>
  /** The JSON value, where the operation reads a body. */
  body: unknown
}

export interface ResponseDoc {
  description: string
  /** @default application/json */
  type?: string
  /** Name of a schema of `response-schemas.ts`. */
  schema?: string
  /** Names of the headers worth knowing. */
  headers?: HeaderName[]
}

/** Which processes did what was asked, and which did not. */
export type InstanceHeader = 'Autodump-Instances' | 'Autodump-Instances-Failed'

export type HeaderName = 'ETag' | 'Location' | 'Retry-After' | 'Content-Disposition' | 'Set-Cookie' | InstanceHeader

/** What one file of `handlers/` has: what the operation reads, what it answers, and how. */
export interface Operation {
  summary: string
  description?: string
  query?: { type: 'object'; additionalProperties: false; properties: Record<string, { type: string }> }
  /** Request headers it looks at. */
  headers?: ('If-Match' | 'If-None-Match')[]
  body?: BodyRule & { schema: object }
  responses: Record<number, ResponseDoc>
  /** The refusals of its own; those of the guards come on top. */
  problems?: number[]
  handle(call: Call): Response | Promise<Response>
}

/** A line of the table in `routes.ts`. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /** `null`: for whoever has yet to prove who he is, to log in and to load the page that does. */
  action: Action | null
  operation: Operation
}
