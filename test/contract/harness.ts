import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Logger, Manifest, Options } from '@autodump/core'
import { afterAll, beforeAll, expect } from 'vitest'
import { noRules, token } from '../support.js'

/** What each framework's shim brings: a server on a free port of the loopback, with autodump as a user would mount it. */
export type Start = (options: Options) => Promise<{
  /** URL of the admin routes, without a slash at its end. */
  base: string
  close(): Promise<unknown>
}>

/** What a test that fails with 500 is read for. */
export const onlyErrors: Logger = { info: () => {}, warn: () => {}, error: line => console.error(line) }

export interface Api {
  base: string
  dir: string
  /** With the right token. */
  call(path: string, init?: RequestInit): Promise<Response>
  json(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** The path goes out as it is written, where `fetch` would tidy it up. */
  raw(path: string, options?: RawOptions): Promise<RawResponse>
  dumps(): Promise<{ id: string }[]>
  /** Makes a small dump and resolves with its manifest. */
  dump(): Promise<Manifest>
  thresholds(): Promise<Record<string, Record<string, unknown>>>
}

export interface RawOptions {
  method?: string
  headers?: Record<string, string>
  /** Several are sent chunked. */
  body?: (string | Buffer)[]
}

export interface RawResponse {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A server for the tests of a `describe`: begun before them, closed after them. */
export function serveForAll(start: Start, options: Options = {}, prepare: (dir: string) => void = () => {}): Api {
  const api = {} as Api
  let close: () => Promise<unknown> = async () => {}
  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'autodump-contract-'))
    prepare(dir)
    const running = await start({
      dir,
      interval: 100,
      auth: { token },
      logger: onlyErrors,
      thresholds: noRules,
      ...options,
    })
    Object.assign(api, apiOf(running.base, dir))
    close = async () => {
      await running.close()
      // Where the framework does not say when a server is closed, the monitor may still be writing.
      await rm(dir, { recursive: true, force: true, maxRetries: 20 })
    }
  })
  afterAll(() => close())
  return api
}

function apiOf(base: string, dir: string): Api {
  const authorization = `Bearer ${token}`
  const call: Api['call'] = (path, init = {}) =>
    fetch(base + path, { ...init, headers: { authorization, ...(init.headers as object) } })
  const json: Api['json'] = (method, path, body, headers) =>
    call(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    base,
    dir,
    call,
    json,
    dump: async () => read(await json('POST', '/trigger?wait=true', { capture: ['requests'] })),
    raw: (path, { method = 'GET', headers = {}, body = [] } = {}) =>
      new Promise((resolve, reject) => {
        const { hostname, port, pathname } = new URL(base)
        const request = httpRequest(
          { hostname, port, method, path: pathname + path, agent: false, headers: { authorization, ...headers } },
          async response => {
            const { statusCode = 0, headers } = response
            resolve({ status: statusCode, headers, body: await text(response) })
          },
        )
        request.on('error', reject)
        for (const part of body.slice(0, -1)) request.write(part)
        request.end(body.at(-1))
      }),
    dumps: async () => (await read<{ dumps: { id: string }[] }>(await call(''))).dumps,
    thresholds: async () => read(await call('/thresholds')),
  }
}

/** The JSON of an answer. */
export const read = async <T>(response: Response) => (await response.json()) as T

/** Holds a refusal to RFC 9457 and to the contract, and resolves with its content. */
export async function problem(
  response: Response | RawResponse,
  status: number,
): Promise<{ detail: string; errors: { field: string; message: string }[] }> {
  const isRaw = typeof response.body === 'string'
  const content = isRaw ? (response as RawResponse).body : await (response as Response).text()
  const type = isRaw
    ? (response as RawResponse).headers['content-type']
    : (response as Response).headers.get('content-type')
  expect(response.status, content).toBe(status)
  expect(type).toBe('application/problem+json')
  const body = JSON.parse(content)
  expect(body).toMatchObject({
    status,
    type: expect.any(String),
    title: expect.any(String),
    detail: expect.any(String),
  })
  expect(content).not.toMatch(/\bat .*\.[jt]s:\d+|node:internal/)
  return { errors: [], ...body }
}

/** The fields of a 400, in the order in which they are named. */
export async function invalidFields(response: Response): Promise<string[]> {
  const { errors } = await problem(response, 400)
  for (const { message } of errors) expect(message).not.toBe('')
  return errors.map(({ field }) => field)
}
