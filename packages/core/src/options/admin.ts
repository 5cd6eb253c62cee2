import { resolve } from 'node:path'
import { optionDefaults } from '../generated/option-types.js'
import type { FieldError } from '../lib/errors.js'
import { isPipe } from '../lib/unix-socket.js'
import type { AdminOptions, ResolvedAdmin } from '../model/admin-options.js'

/** Apart from the rest, so that no token gets into a message about an option that is not valid. */
export function withoutAdminAuth<O extends { admin?: AdminOptions }>(options: O): [O, auth: unknown] {
  if (typeof options.admin !== 'object' || options.admin === null) return [options, undefined]
  const { auth, ...admin } = options.admin
  return [{ ...options, admin }, auth]
}

/** The rules that the schema cannot say: that there is one place, and only one. */
export function adminErrors(admin: AdminOptions | undefined): FieldError[] {
  if (typeof admin !== 'object' || admin === null) return []
  const { host, port, path } = admin
  const isOne = path === undefined ? port !== undefined : port === undefined && host === undefined
  return isOne ? [] : [{ field: 'admin', message: 'must have either a port (and a host) or a path' }]
}

/** For options that `adminErrors` has nothing against. */
export function resolveAdmin(admin: AdminOptions | undefined): ResolvedAdmin | null {
  if (admin === undefined) return null
  if (admin.path === undefined) return { host: admin.host ?? optionDefaults.admin.host, port: admin.port ?? 0 }
  return { path: isPipe(admin.path) ? admin.path : resolve(admin.path) }
}
