import { computed, signal } from '@preact/signals'
import { ApiError, ask, onUnauthorized, send } from '../api/client.ts'
import type { Action, Session } from '../api/types.ts'

/** The obstacle between the person and the page: nothing once it is `ready`. */
export type Access = 'loading' | 'login' | 'forbidden' | 'unreachable' | 'ready'

/** The user and their rights; `null` until the server has answered. */
export const session = signal<Session | null>(null)
export const access = signal<Access>('loading')
/** The server's words when it refused, or why it cannot be reached. */
export const accessReason = signal('')

/** No process answers: the page is over the dumps in a bucket or a directory. */
export const isStored = computed(() => session.value?.place !== undefined)

/** Whether the user may do that: for buttons only, because the server decides itself. */
export function may(action: Action): boolean {
  return session.value?.actions[action] ?? false
}

/** The words beside a button that the user may not press; `undefined` beside an allowed one. */
export function forbidden(action: Action): string | undefined {
  return may(action) ? undefined : `not allowed: you do not have the right to ${rights[action]} here`
}

const rights: Record<Action, string> = {
  read: 'look',
  download: 'download evidence',
  capture: 'start or cancel a capture',
  configure: 'change thresholds or pin dumps',
  delete: 'delete dumps',
}

/**
 * Asks the server for our rights. Never rejects: `access` says how it went. A page that is shown stays, with its data,
 * while the process does not answer.
 */
export async function loadSession(): Promise<void> {
  try {
    const answer = await ask<Session>('session')
    session.value = answer
    accessReason.value = ''
    access.value = answer.actions.read ? 'ready' : 'forbidden'
  } catch (error) {
    const next = accessOf(error)
    if (next === 'unreachable' && access.peek() === 'ready') return
    accessReason.value = error instanceof Error ? error.message : String(error)
    access.value = next
  }
}

function accessOf(error: unknown): Access {
  const status = error instanceof ApiError ? error.status : 0
  if (status === 401) return 'login'
  return status === 403 ? 'forbidden' : 'unreachable'
}

/** @throws ApiError 401 for a wrong token, 429 after too many of them */
export async function login(token: string): Promise<void> {
  await send('login', { method: 'POST', body: { token, path: mountPath(location.pathname) } })
  await loadSession()
}

/** Gives the cookie back. */
export async function logout(): Promise<void> {
  await send('logout', { method: 'POST', body: { path: mountPath(location.pathname) } })
  session.value = null
  access.value = 'login'
}

/** Where the browser sees us, which a proxy may have changed: the cookie is for this path. */
export function mountPath(pathname: string): string {
  return pathname.replace(/\/+$/, '') || '/'
}

onUnauthorized(() => {
  session.value = null
  access.value = 'login'
})
