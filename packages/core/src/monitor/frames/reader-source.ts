/** The input of the reader's thread at its start. */
export interface ReaderData {
  /** JavaScript that calls a hook, for `Runtime.evaluate`. */
  clock: string
  /** A function of which the scope is `this`, for `Runtime.callFunctionOn`. */
  describe: string
  /** Frames that are read at most. */
  most: number
  /** URLs that begin so are ours. */
  own: string | null
  /** Milliseconds after which the session is closed if the app thread has not continued. */
  patience: number
}

/**
 * The code of the thread that pauses the app thread (decision 322): text, because it runs without modules, also in a
 * bundled or compiled app. All commands of a pause leave in the turn in which the pause is heard of, the one that ends it
 * included, so the app thread waits for nobody.
 */
export const readerSource = String.raw`
'use strict'
const { parentPort: port, workerData } = require('node:worker_threads')
const { Session } = require('node:inspector')
const { clock, describe, most, own, patience } = workerData

const session = new Session()
let isOpen = true
let listener = null
let deadline

const post = (method, params) =>
  new Promise((resolve, reject) =>
    session.post(method, params, (error, reply) => {
      if (error) reject(new Error(method + ': ' + error.message))
      else if (reply.exceptionDetails) reject(new Error(method + ': ' + reply.exceptionDetails.text))
      else resolve(reply)
    }),
  )

const quiet = promise => promise.catch(() => {})

const now = () =>
  post('Runtime.evaluate', { expression: clock, returnByValue: true, silent: true, disableBreaks: true }).then(
    ({ result }) => result.value,
  )

// The frames of a pause have no URL of their own in all versions.
const urls = new Map()
session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url))

const isForeign = ({ url }) => url !== '' && !url.startsWith('node:') && !(own && url.startsWith(own))
const isPackage = ({ url }) => url.includes('/node_modules/')

/** The innermost function, of any author, then those of the app. */
function choose(frames) {
  const placed = frames.map(frame => ({ ...frame, url: frame.url || urls.get(frame.location.scriptId) || '' }))
  const foreign = placed.filter(isForeign)
  const rest = foreign.slice(1)
  const outer = rest.some(frame => !isPackage(frame)) ? rest.filter(frame => !isPackage(frame)) : rest
  return [...foreign.slice(0, 1), ...outer].slice(0, most)
}

const scopes = new Set(['local', 'block', 'catch'])

function readFrame({ functionName, url, functionLocation, location, scopeChain }) {
  const params = { functionDeclaration: describe, returnByValue: true, silent: true }
  const variables = scopeChain
    .filter(({ type }) => scopes.has(type))
    .map(({ object }) => quiet(post('Runtime.callFunctionOn', { ...params, objectId: object.objectId })))
  return Promise.all(variables).then(all => ({
    name: functionName,
    url,
    begins: functionLocation || location,
    stands: location,
    variables: all.map(reply => reply && reply.result.value),
  }))
}

// V8 lets itself be interrupted at the end of a loop's turn, where the variables of the loop are out of scope. One step
// further they are there.
let steps = 0

session.on('Debugger.paused', ({ params }) => {
  if (listener && steps > 0) {
    steps -= 1
    deadline = setTimeout(close, patience)
    quiet(post('Debugger.stepInto').finally(() => clearTimeout(deadline)))
    return
  }
  const wanted = listener
  listener = null
  const frames = wanted ? choose(params.callFrames).map(readFrame) : []
  deadline = setTimeout(close, patience)
  const resumed = post('Debugger.resume').then(
    () => true,
    () => false,
  )
  const after = now()
  const all = Promise.all([Promise.all(frames), after, resumed])
  quiet(all.finally(() => clearTimeout(deadline)))
  if (wanted) wanted(all)
  else quiet(after)
})

async function read(step) {
  steps = step ? 1 : 0
  let before
  const paused = new Promise(resolve => (listener = resolve))
  const ask = () => {
    before = now()
    quiet(before)
    quiet(post('Debugger.pause'))
  }
  ask()
  // A pause that falls into one of our own hooks is lost. A step may lead into a native call.
  const again = setInterval(ask, 200)
  const [frames, after] = await paused.then(all => (clearInterval(again), all))
  const began = await before
  return { frames, pauseMs: after.now - began.now, heartbeat: after.heartbeat, at: began.now }
}

function close() {
  if (!isOpen) return
  isOpen = false
  session.disconnect()
  port.postMessage({ detached: true })
  port.close()
  // A thread that ends in the turn in which it detached can abort the process.
  setTimeout(() => process.exit(), 100)
}

async function end() {
  const before = now()
  const disabled = post('Debugger.disable')
  const after = now()
  quiet(Promise.all([before, disabled, after]).then(([a, , b]) => port.postMessage({ disableMs: b.now - a.now })).finally(close))
  // The commands are on their way: an app thread that does not answer now will see the end later.
  setTimeout(close, patience)
}

const fail = error => port.postMessage({ error: error.message })

port.on('message', message => {
  if (message === 'close') close()
  else if (message === 'end') end()
  else read(message === 'step and read').then(one => port.postMessage({ read: one }), fail)
})

session.connectToMainThread()
const before = now()
const enabled = post('Debugger.enable', { maxScriptsCacheSize: 0 })
const after = now()
Promise.all([before, enabled, after]).then(([a, , b]) => port.postMessage({ attachMs: b.now - a.now }), fail)
`
