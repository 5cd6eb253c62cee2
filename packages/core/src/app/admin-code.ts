type AdminCode = Pick<typeof import('../http/whole.js'), 'createAdminHandler' | 'createNodeListener'>

/** Where a failure is to be seen. */
type Tell = (what: string, error: unknown) => void

let isWanted = false

let isAtRest = false

let code: AdminCode | undefined

let loading: Promise<AdminCode> | undefined

let isToldOf = false

async function load(tell: Tell): Promise<AdminCode> {
  loading ??= import('../http/whole.js').then(({ prepareFetchClasses, createAdminHandler, createNodeListener }) => {
    prepareFetchClasses()
    code = { createAdminHandler, createNodeListener }
    return code
  })
  try {
    return await loading
  } catch (error) {
    if (!isToldOf) tell('load the admin routes', error)
    isToldOf = true
    throw error
  }
}

/**
 * The code that answers admin requests, a third of all that an app loads: not before the app listens. It is loaded soon
 * after that and not at the first request, because an import reads files through the thread pool of libuv, and an app
 * whose pool is full must still answer there. A failure is told once. Why: decisions/382.
 */
export const adminCode = {
  /** There will be requests for it. */
  want(tell: Tell): void {
    isWanted = true
    if (isAtRest) load(tell).catch(() => {})
  },
  loaded: (): AdminCode | undefined => code,
  load,
  /** The app has come to rest. Resolves when the code is there if it is wanted, or cannot be had; never rejects. */
  async atRest(tell: Tell): Promise<void> {
    isAtRest = true
    if (isWanted) await load(tell).catch(() => {})
  },
}
