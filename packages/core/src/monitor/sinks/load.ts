import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { constants, Script } from 'node:vm'
import { codeOf } from '../../lib/files.js'
import { importFile, requireFrom } from '../../lib/require-from.js'
import type { ResolvedSink } from '../../model/sink-options.js'
import type { Sink, SinkContext, SinkFactory } from './sink.js'

/** Imports the module and asks its factory for the sink. Rejects with a message for the user who configured it. */
export async function loadSink(configured: ResolvedSink, context: SinkContext): Promise<Sink> {
  const factory = factoryOf(await importSink(configured))
  if (!factory) throw new Error('its default export is not a function')
  const sink: unknown = await factory(configured.options, context)
  if (!isSink(sink)) throw new Error('its function did not return an object with a function dump, window or sample')
  return sink
}

function importSink({ module, places, isPackage }: ResolvedSink): Promise<unknown> {
  if (isPackage) return importPackage(module, places)
  return importFile(places.find(place => existsSync(place)) ?? (places[0] as string))
}

/** @param from files whose directories are searched for `node_modules`, one after the other */
async function importPackage(name: string, from: string[]): Promise<unknown> {
  const base = from.find(file => isInstalled(name, file)) ?? (from[0] as string)
  try {
    return await importFile(requireFrom(base).resolve(name))
  } catch (error) {
    // `require` does not see packages that can only be imported, and `import` resolves from its own file.
    if (codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return importFrom(base)(name)
    throw error
  }
}

function isInstalled(name: string, file: string): boolean {
  const places = requireFrom(file).resolve.paths(name) ?? []
  return places.some(place => existsSync(`${place}/${directoryOf(name)}`))
}

function importFrom(file: string): (name: string) => Promise<unknown> {
  const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER
  return new Script('name => import(name)', { filename: file, importModuleDynamically }).runInThisContext()
}

/** CommonJS compiled from ES modules has its default export one level down. */
function factoryOf(module: unknown): SinkFactory | undefined {
  const { default: outer } = Object(module) as { default?: unknown }
  const candidates = [outer, (Object(outer) as { default?: unknown }).default]
  return candidates.find(one => typeof one === 'function') as SinkFactory | undefined
}

function isSink(value: unknown): value is Sink {
  if (typeof value !== 'object' || value === null) return false
  const { dump, window, sample } = value as Sink
  return [dump, window, sample].some(one => typeof one === 'function')
}

/** Whether the stack of an error names code of that sink. */
export function isOfSink({ module, places, isPackage }: ResolvedSink, stack: string): boolean {
  if (isPackage) return stack.includes(`/node_modules/${directoryOf(module)}/`)
  return places.some(place => stack.includes(place) || stack.includes(pathToFileURL(place).href))
}

/** `@acme/sink` of `@acme/sink/s3`. */
const directoryOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/')
