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
  describe(): Promise<object>
}

/** A request that passed every guard. `Query`: what the route may be asked. */
export interface Call<Query = object> {
  admin: Admin
  route: Route
  request: Request
  client: Client
  /** How the request proved who it is. */
  credential: Credential
  /** What `:id` and `:file` of the path are; empty where the path has none. */
  params: { id: string; file: string }
  query: Query
  /** The JSON value, where the route reads a body. */
  body: unknown
}

export interface ResponseDoc {
  description: string
  /** @default application/json */
  type?: string
  /** Names of exported types, of which the body is one. */
  schema?: string | string[]
  /** Names of the headers worth knowing. */
  headers?: HeaderName[]
}

/** Which processes did what was asked, and which did not. */
export type InstanceHeader = 'Autodump-Instances' | 'Autodump-Instances-Failed'

export type HeaderName = 'ETag' | 'Location' | 'Retry-After' | 'Content-Disposition' | 'Set-Cookie' | InstanceHeader

/**
 * All that there is to say of a route: what it reads, what it answers, and how. `npm run generate` makes validators and
 * schemas of the types that it names; they are exported in `http/` or `model/`.
 */
export interface Route<Query = object> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /** What the client must be allowed to do. `null`: the route needs no authentication (login, files of the page). */
  action: Action | null
  summary: string
  description?: string
  /** Name of the type of `Query`. @default none is taken */
  query?: string
  /** Request headers it looks at. */
  headers?: ('If-Match' | 'If-None-Match')[]
  /** `schema`: name of the type of the body. */
  body?: BodyRule & { schema: string }
  responses: Record<number, ResponseDoc>
  /** The refusals of its own; those of the guards come on top. */
  problems?: number[]
  /** It may be answered by other instances: it takes `?instance=`, and answers by `answerFor`. */
  forwards?: true
  handle(call: Call<Query>): Response | Promise<Response>
}
