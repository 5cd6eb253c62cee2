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
  if (outer !== null) return outer
  if (url.startsWith('wasm:')) return webAssembly
  const name = functionName.split('.').at(-1) ?? ''
  const file = /^node:(?:internal\/)?(.*)$/.exec(url)?.[1]
  if (file === undefined) return functionName
  const module = file.split('/')[0] as string
  if (/^_http_(?:outgoing|server)$/.test(module)) return `res.${name}`
  if (module === 'zlib' && name === 'syncBufferWrapper') return 'a synchronous function of zlib'
  return isExported(module, name) ? `${module}.${name}` : functionName
}

/** Modules of Node that load without a warning. */
const modules = new Set(
  'buffer child_process crypto dns events fs http net os path querystring stream url util v8 vm zlib'.split(' '),
)

const isExported = (module: string, name: string) =>
  modules.has(module) && name in (process.getBuiltinModule(`node:${module}`) ?? {})
