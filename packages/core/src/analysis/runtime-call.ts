import type { CallFrame } from '../model/cpu-profile.js'

/** The name for all functions of WebAssembly together. */
export const webAssembly = 'WebAssembly'

/**
 * The runtime function that code called, as its author wrote it: `crypto.pbkdf2Sync`, not the native `run` in it.
 *
 * @param outer the runtime function around this one, if there is one: that is what was called
 */
export function runtimeCall({ functionName, url }: CallFrame, outer: string | null): string {
  // V8 shows an expression that it compiled as a function.
  if (functionName.startsWith('RegExp: ')) return functionName
  if (outer !== null && outer !== consoleCall) return outer
  if (url.startsWith('wasm:')) return webAssembly
  const name = functionName.split('.').at(-1) ?? ''
  const file = /^node:(?:internal\/)?(.*)$/.exec(url)?.[1]
  if (file === undefined) return functionName
  const [first = ''] = file.split('/')
  const module = first === 'perf' ? 'perf_hooks' : first
  if (/^_http_(?:outgoing|server)$/.test(module)) return `res.${name}`
  if (module === 'zlib' && name === 'syncBufferWrapper') return 'a synchronous function of zlib'
  if (!modules.has(module)) return functionName
  return isExported(module, name) ? `${module}.${name}` : `${name} of node:${module}`
}

/** V8's own function around each function of the console. */
const consoleCall = 'consoleCall'

/** Modules of Node that load without a warning. */
const modules = new Set(
  'assert buffer child_process console crypto dns events fs http net os path perf_hooks process querystring stream url util v8 vm zlib'.split(
    ' ',
  ),
)

const isExported = (module: string, name: string) => name in (process.getBuiltinModule(`node:${module}`) ?? {})
