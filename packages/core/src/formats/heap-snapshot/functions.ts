import { pathToFileURL } from 'node:url'
import { scriptUrl } from '../../lib/script-url.js'
import type { FunctionPlace } from '../../model/async-stacks.js'
import { type HeapGraph, NodeType } from './graph.js'

export interface Functions {
  /** Same number for all closures of one function of the source. */
  identity(closure: number): number
  place(closure: number): FunctionPlace
  /** Name of the V8 builtin that the closure runs, like `PromiseAllResolveElementClosure`; empty for functions in JS. */
  builtin(closure: number): string
}

/** V8 names the code of a builtin "(NAME builtin handle)" on Node 20 and "(NAME builtin code)" later. */
const BUILTIN = /^\((\w+) builtin (?:handle|code)\)$/

/** Builtins run functions in JS too: they start the interpreter or a compiler. */
const RUNS_JS = /^(?:Interpreter|Compile|Baseline|Instantiate|Maglev|Turbofan|Tier|StartMaglev|StartTurbofan|Optimize)/

export function createFunctions(graph: HeapGraph): Functions {
  const locations = indexLocations(graph)
  const builtins = new Map<number, string>()
  const places = new Map<number, FunctionPlace>()

  const identity = (closure: number) => {
    const target = unbound(graph, closure)
    const shared = graph.follow(target, 'internal', 'shared')
    return shared === -1 ? target : shared
  }

  return {
    identity,
    place(closure) {
      const target = unbound(graph, closure)
      const id = identity(target)
      let place = places.get(id)
      if (!place) {
        const file = fileUrl(scriptOf(graph, id))
        const at = locations.get(target)
        place = {
          function: graph.name(target) || '(anonymous)',
          file,
          line: at === undefined || file === '' ? 0 : (graph.locations[at + 1] as number) + 1,
          column: at === undefined || file === '' ? 0 : (graph.locations[at + 2] as number) + 1,
          ...packageOf(file),
        }
        places.set(id, place)
      }
      return place
    },
    builtin(closure) {
      const code = graph.follow(closure, 'internal', 'code')
      if (code === -1) return ''
      let name = builtins.get(code)
      if (name === undefined) {
        name = BUILTIN.exec(graph.name(code))?.[1] ?? ''
        if (RUNS_JS.test(name)) name = ''
        builtins.set(code, name)
      }
      return name
    },
  }
}

function indexLocations({ locations }: HeapGraph): Map<number, number> {
  const index = new Map<number, number>()
  for (let at = 0; at < locations.length; at += 3) index.set(locations[at] as number, at)
  return index
}

/** The function behind `fn.bind(…)`. */
function unbound(graph: HeapGraph, closure: number): number {
  for (let depth = 0; depth < 5; depth++) {
    const inner = graph.follow(closure, 'internal', 'bound_function')
    if (inner === -1 || graph.nodeType[inner] !== NodeType.closure) return closure
    closure = inner
  }
  return closure
}

/** Node 20 has `script_or_debug_info`, later versions `script`; the script's node is named by its URL or path. */
function scriptOf(graph: HeapGraph, shared: number): string {
  for (const edge of ['script', 'script_or_debug_info']) {
    const script = graph.follow(shared, 'internal', edge)
    if (script === -1) continue
    const name = graph.name(script)
    // While a debugger is attached, its own record stands between the function and the script.
    return name.startsWith('system / ') ? graph.name(graph.follow(script, 'internal', 'script')) : name
  }
  return ''
}

function fileUrl(script: string): string {
  if (script.startsWith('/')) return pathToFileURL(script).href
  if (/^[A-Za-z]:[\\/]/.test(script)) return `file:///${script.replaceAll('\\', '/')}`
  return scriptUrl(script)
}

/** The owner of a script's code, by its URL. */
export function packageOf(file: string): { package?: string } {
  if (file.startsWith('node:')) return { package: 'node' }
  const inside = file.lastIndexOf('/node_modules/')
  if (inside === -1) return {}
  const [scope = '', name = ''] = file.slice(inside + '/node_modules/'.length).split('/')
  return {
    package: scope.startsWith('@') || scope.startsWith('%40') ? `@${scope.replace(/^(@|%40)/, '')}/${name}` : scope,
  }
}
