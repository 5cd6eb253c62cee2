import { pathToFileURL } from 'node:url'
import type { ResolvedSink } from '../../model/sink-options.js'
import { importModule, packageOf } from '../import-module.js'
import type { Sink, SinkContext, SinkFactory } from './sink.js'

/** Imports the module and asks its factory for the sink. Rejects with a message for the user who configured it. */
export async function loadSink(configured: ResolvedSink, context: SinkContext): Promise<Sink> {
  const factory = factoryOf(await importModule(configured))
  if (!factory) throw new Error('its default export is not a function')
  const sink: unknown = await factory(configured.options, context)
  if (!isSink(sink)) throw new Error('its function did not return an object with a function dump, window or sample')
  return sink
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
  if (isPackage) return stack.includes(`/node_modules/${packageOf(module)}/`)
  return places.some(place => stack.includes(place) || stack.includes(pathToFileURL(place).href))
}
