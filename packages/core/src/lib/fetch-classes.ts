import { addressSpaceLeft } from './address-space.js'

/**
 * Call this before our code makes a `Headers`, `Request` or `Response`. The first of them loads Node's `fetch`, which
 * compiles its HTTP parser by WebAssembly. Without WebAssembly (`--jitless`, `--lite-mode`), and with too little address
 * space for it (10 GiB), Node 20 and 22 leave that failure unhandled, and as an unhandled rejection it ends the app. So
 * this function loads them and handles the failure: the classes work, and `fetch` fails at its call. Why:
 * `decisions/230`.
 */
export function prepareFetchClasses(): void {
  if ('WebAssembly' in globalThis && addressSpaceLeft() === Number.POSITIVE_INFINITY) return
  const original = Promise.prototype.catch
  try {
    Promise.prototype.catch = function handled(
      this: Promise<unknown>,
      onRejected?: ((reason: unknown) => unknown) | null,
    ) {
      return original.call(this, onRejected ?? (() => {}))
    } as typeof original
  } catch {
    return prepareFrozen()
  }
  try {
    void globalThis.Headers
  } finally {
    Promise.prototype.catch = original
  }
}

/** The same under `--frozen-intrinsics`: the loaded code gets a parser that fails when it is used. */
function prepareFrozen(): void {
  const theirs = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')
  const remove = () => {
    if (theirs) Object.defineProperty(globalThis, 'WebAssembly', theirs)
    else Reflect.deleteProperty(globalThis, 'WebAssembly')
  }
  const unusable = {
    get exports() {
      throw new ReferenceError('WebAssembly is not defined')
    },
  }
  const instantiate = () => {
    remove()
    return unusable
  }
  const standIn = { compile: async () => undefined, instantiate }
  Object.defineProperty(globalThis, 'WebAssembly', { value: standIn, configurable: true })
  setImmediate(remove)
  void globalThis.Headers
}
