import type { Action, Client } from '../model/access.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Auth, Credential } from './auth.js'
import type { BodyRule } from './body.js'
import type { Page } from './page/page.js'
import type { Streams } from './streams.js'

/** The dependencies that the handlers share. */
export interface Admin {
  monitor: MonitorApi
  /** Path of the mounted routes, without a trailing slash. */
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

/** A request that passed every guard. `Query`: the query parameters of the route. */
export interface Call<Query = object> {
  admin: Admin
  route: Route
  request: Request
  client: Client
  /** The way the request was authenticated. */
  credential: Credential
  /** The values of `:id` and `:file` in the path; empty if the path has none. */
  params: { id: string; file: string }
  query: Query
  /** The JSON value, if the route reads a body. */
  body: unknown
}

export interface ResponseDoc {
  description: string
  /** @default application/json */
  type?: string
  /** Names of exported types; the body is one of them. */
  schema?: string | string[]
  /** Names of the headers to document. */
  headers?: HeaderName[]
}

/** The processes that did the action, and those that did not. */
export type InstanceHeader = 'Autodump-Instances' | 'Autodump-Instances-Failed'

export type HeaderName = 'ETag' | 'Location' | 'Retry-After' | 'Content-Disposition' | 'Set-Cookie' | InstanceHeader

/**
 * The full description of a route: its input, its answers, and its handler. `npm run generate` makes validators and
 * schemas of the types that it names; they are exported in `http/` or `model/`.
 */
export interface Route<Query = object> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /**
   * The action that the client needs permission for. `null`: the route needs no authentication (login, files of the
   * page).
   */
  action: Action | null
  summary: string
  description?: string
  /** Name of the type of `Query`. @default none is taken */
  query?: string
  /** Request headers that it reads. */
  headers?: ('If-Match' | 'If-None-Match')[]
  /** `schema`: name of the type of the body. */
  body?: BodyRule & { schema: string }
  responses: Record<number, ResponseDoc>
  /** Its own refusals; those of the guards come on top. */
  problems?: number[]
  /** Other instances may answer it: it takes `?instance=`, and answers by `answerFor`. */
  forwards?: true
  handle(call: Call<Query>): Response | Promise<Response>
}
