import { createAdminHandler } from '../http/admin-handler.js'
import type { AdminOptions } from '../http/mount.js'
import { createFakeMonitor, type FakeMonitor } from './fake-monitor.js'

const silent = { info: () => {}, warn: () => {}, error: () => {} }

export const base = 'http://localhost/debug/autodump'

export const bearer = { authorization: 'Bearer t0ken' }

/** A request with the right token. */
export function request(path: string, init: RequestInit = {}): Request {
  return new Request(base + path, { ...init, headers: { ...bearer, ...(init.headers as object) } })
}

export function jsonRequest(method: string, path: string, body: unknown, headers: object = {}): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return request(path, { method, body: text, headers: { 'content-type': 'application/json', ...headers } })
}

/** The admin handler of a fake monitor, behind the token `t0ken` unless told otherwise. */
export function askAdmin(options: AdminOptions = {}, monitor: FakeMonitor = createFakeMonitor()) {
  const handler = createAdminHandler(monitor, { auth: { token: 't0ken' }, logger: silent, ...options })
  return { monitor, handler, ask: (path: string, init?: RequestInit) => handler(request(path, init)) }
}

/** The form of every refusal, and its content. */
export async function problem(response: Response): Promise<{ status: number; detail: string; errors?: unknown[] }> {
  const type = response.headers.get('content-type')
  if (type !== 'application/problem+json') throw new Error(`not a problem: ${response.status} ${type}`)
  const body = JSON.parse(await response.text())
  if (body.status !== response.status || !body.type || !body.title || !body.detail) throw new Error('incomplete')
  if (/\n {4}at /.test(JSON.stringify(body))) throw new Error('it has a stack trace')
  return body
}
