/** The operations that autodump would use and that Node's permission model may refuse. */
export type Scope = 'inspector' | 'worker' | 'addon' | 'child' | 'net' | 'fs.read' | 'fs.write'

/** The part of `process.permission`, which exists under `--permission` only. */
export interface Permission {
  has(scope: string, reference?: string): boolean
}

/** The flag that grants each. Versions of Node without such a flag refuse it to every process. */
const flags: Record<Scope, string> = {
  inspector: '--allow-inspector',
  worker: '--allow-worker',
  addon: '--allow-addons',
  child: '--allow-child-process',
  net: '--allow-net',
  'fs.read': '--allow-fs-read',
  'fs.write': '--allow-fs-write',
}

const current = () => (process as unknown as { permission?: Permission }).permission

/** Whether the process may do that; ask before trying, since Node may end a process that merely tries. */
export function isGranted(scope: Scope, reference?: string, permission = current()): boolean {
  if (!permission) return true
  try {
    // A version that does not know the scope does not restrict it.
    return !isRestricted(scope) || permission.has(scope, reference) || isSaid(scope)
  } catch {
    return true
  }
}

/** Whether the permission model is on at all. */
export const isRestrictedProcess = (permission = current()): boolean => permission !== undefined

/** Some versions of Node know addons by the flag alone. */
const isSaid = (scope: Scope): boolean =>
  scope === 'addon' && [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some(text => text.includes(flags.addon))

/** The network is free if Node has no flag for it: `has` says no all the same. */
const isRestricted = (scope: Scope, known = process.allowedNodeEnvironmentFlags): boolean =>
  scope !== 'net' || known.has(flags.net)

/** The flag that would grant it in this version of Node; `null` if none does. */
export function flagFor(scope: Scope, known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags): string | null {
  return known.has(flags[scope]) ? flags[scope] : null
}

/** Whether the error is Node's refusal, or follows from one: it comes again at every attempt. */
export function isRefusal(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  return code === 'ERR_ACCESS_DENIED' || (cause !== undefined && isRefusal(cause))
}
