import inspector from 'node:inspector'
import { performance } from 'node:perf_hooks'
import { types } from 'node:util'
import type { HooksOf } from '../../link/app-hooks.js'
import { toJson } from '../../link/json.js'
import type { DescribedVariable, FramesLook } from '../../link/replies.js'
import { readOfText } from '../../model/frames.js'

/** Variables of a scope at most. */
const maxVariables = 50

/** Longer names are cut. */
const longestName = 100

/** A longer text shows its length only: V8 may have to put it together first. */
const longestText = 1_000_000

/** Steps up the prototypes in search of a constructor. */
const maxPrototypes = 8

// Kept as they are now: the app may replace them later.
const { getPrototypeOf, getOwnPropertyDescriptor, keys } = Object
const { slice } = String.prototype

const getter = (prototype: object, name: string) =>
  getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => number

const sizeOfMap = getter(Map.prototype, 'size')
const sizeOfSet = getter(Set.prototype, 'size')
const lengthOfTypedArray = getter(getPrototypeOf(Uint8Array.prototype), 'length')
const bytesOfBuffer = getter(ArrayBuffer.prototype, 'byteLength')
const bytesOfShared = getter(SharedArrayBuffer.prototype, 'byteLength')

/**
 * The app thread's part of reading variables. The content stays on this thread: of strings and objects only sizes and
 * classes leave it, and the beginning of strings where the options say so. Getters and proxies would run the app's code,
 * so they are not touched.
 *
 * @param heartbeat the last one of the event loop
 * @param content characters of each string that are to be shown
 */
export function createFramesHooks(heartbeat: () => number, content = 0): HooksOf<'frames'> {
  const mostText = readOfText(content)
  return {
    'frames.look': function look(most) {
      return { debuggerAt: inspector.url() ?? null, ...lookAtStack(look, most), heartbeat: heartbeat() }
    },
    'frames.clock': () => ({ now: performance.now(), heartbeat: heartbeat() }),
    'frames.describe': scope =>
      toJson(
        keys(scope)
          .slice(0, maxVariables)
          .map(name => describeVariable(scope, name, mostText)),
      ),
  }
}

/** As in `app-stack.ts`, the properties of `Error` are restored at once. */
function lookAtStack(hook: (...args: never[]) => unknown, most: number): Pick<FramesLook, 'depth' | 'inCall'> {
  const { prepareStackTrace, stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = most
    Error.prepareStackTrace = (_error, sites) => sites
    const holder: { stack?: NodeJS.CallSite[] } = {}
    Error.captureStackTrace(holder, hook)
    const sites = holder.stack ?? []
    const first = sites.findIndex(site => site.getScriptNameOrSourceURL())
    const above = first < 0 ? [] : sites.slice(0, first)
    return { depth: first < 0 ? 0 : sites.length, inCall: above.map(nameOfBuiltin).find(name => name !== null) ?? null }
  } finally {
    Error.prepareStackTrace = prepareStackTrace
    Error.stackTraceLimit = stackTraceLimit
  }
}

function nameOfBuiltin(site: NodeJS.CallSite): string | null {
  const name = site.getFunctionName()
  if (!name || site.isEval()) return null
  const type = site.getTypeName()
  return type && !name.includes('.') ? `${type}.${name}` : name
}

function describeVariable(scope: object, name: string, most: number): DescribedVariable {
  const cut = name.slice(0, longestName)
  try {
    return [cut, ...describeValue((scope as Record<string, unknown>)[name], most)]
  } catch {
    // From Node 22 on, reading a variable that V8 has optimised away throws.
    return [cut, 'unknown', null, null]
  }
}

type Described = DescribedVariable extends [string, ...infer Rest] ? Rest : never

function describeValue(value: unknown, most: number): Described {
  switch (typeof value) {
    case 'number':
      return ['number', Number.isFinite(value) ? value : String(value), null]
    case 'boolean':
      return ['boolean', value, null]
    case 'string':
      return most > 0 && value.length <= longestText
        ? ['string', value.length, null, slice.call(value, 0, most + 1)]
        : ['string', value.length, null]
    case 'object':
      return value === null ? ['null', null, null] : ['object', sizeOf(value), classOf(value)]
    default:
      return [typeof value as 'bigint' | 'symbol' | 'function' | 'undefined', null, null]
  }
}

/** Only sizes that V8 has at hand: counting the properties of an object takes time. */
function sizeOf(value: object): number | null {
  if (types.isProxy(value)) return null
  if (Array.isArray(value)) return value.length
  if (types.isMap(value)) return sizeOfMap.call(value)
  if (types.isSet(value)) return sizeOfSet.call(value)
  if (types.isTypedArray(value)) return lengthOfTypedArray.call(value)
  if (types.isArrayBuffer(value)) return bytesOfBuffer.call(value)
  return types.isSharedArrayBuffer(value) ? bytesOfShared.call(value) : null
}

function classOf(value: object): string {
  if (types.isProxy(value)) return 'Proxy'
  let prototype: object | null = getPrototypeOf(value)
  for (let step = 0; prototype && step < maxPrototypes && !types.isProxy(prototype); step++) {
    const made = getOwnPropertyDescriptor(prototype, 'constructor')?.value
    if (typeof made === 'function' && !types.isProxy(made)) {
      const name = getOwnPropertyDescriptor(made, 'name')?.value
      return typeof name === 'string' && name !== '' ? name.slice(0, longestName) : 'Object'
    }
    prototype = getPrototypeOf(prototype)
  }
  return 'Object'
}
