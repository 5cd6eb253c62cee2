import { Function as PprofFunction, Location as PprofLocation, type StringTable } from 'pprof-format'
import { cut } from '../../lib/text.js'
import { createAddresses } from './address.js'
import type { CallNode, Frame } from './call-node.js'

/** The only mapping: it says that names and lines are known, so that no reader looks for a binary with symbols. */
export const mappingId = 1

/** The functions and locations of a profile, each once. */
export function createSymbols(strings: StringTable) {
  const functions: PprofFunction[] = []
  const locations: PprofLocation[] = []
  /** By URL, then line and name: building one long key of all three took a quarter of the conversion. */
  const functionIds = new Map<string, Map<string, number>>()
  const locationIds = new Map<string, number>()
  const addresses = createAddresses()

  function functionOf({ name, url, line }: Frame): number {
    const inFile = functionIds.get(url) ?? new Map<string, number>()
    if (inFile.size === 0) functionIds.set(url, inFile)
    const key = `${line} ${name}`
    const known = inFile.get(key)
    if (known) return known
    const id = functions.length + 1
    const file = cut(fileOf(url), longestText)
    // Without a system name, which is for mangled names: readers would take `<` and `(` in it for C++ and cut them out.
    functions.push(
      new PprofFunction({
        id,
        name: strings.dedup(cut(nameOf(name, file, line), longestText)),
        filename: strings.dedup(file),
        startLine: line,
      }),
    )
    inFile.set(key, id)
    return id
  }

  function locationAt(frame: Frame, line: number): number {
    const functionId = functionOf(frame)
    const key = `${functionId} ${line}`
    const known = locationIds.get(key)
    if (known) return known
    const id = locations.length + 1
    locations.push(
      new PprofLocation({ id, mappingId, address: addresses.of(frame, line), line: [{ functionId, line }] }),
    )
    locationIds.set(key, id)
    return id
  }

  return {
    functions,
    locations,
    /** The location of a function's first line, or of `line` in it. */
    location(node: CallNode, line = node.frame.line): number {
      if (line !== node.frame.line) return locationAt(node.frame, line)
      if (node.locationId === 0) node.locationId = locationAt(node.frame, line)
      return node.locationId
    },
    /** The location of an entry that is no function. */
    note(name: string): number {
      return locationAt({ name, url: '', line: 0 }, 0)
    },
  }
}

/** Characters. Pyroscope cuts off the beginning of longer texts, and `data:` URLs are that long. */
const longestText = 8192

/** The path of a `file:` URL, as stack traces and editors have it; other URLs (`node:fs`) as they are. */
function fileOf(url: string): string {
  if (!url.startsWith('file://')) return url
  const path = url.slice('file://'.length)
  try {
    return decodeURIComponent(path).replace(/^\/(?=[A-Za-z]:\/)/, '')
  } catch {
    return path
  }
}

/** By default pprof merges entries of the same name. So an anonymous function gets the name of its place. */
function nameOf(name: string, file: string, line: number): string {
  if (name !== '' && name !== '(anonymous)') return name
  if (file === '') return '(anonymous)'
  const inPackage = file.lastIndexOf('/node_modules/')
  const place = inPackage < 0 ? file.split('/').slice(-2).join('/') : file.slice(inPackage + '/node_modules/'.length)
  return `(anonymous) ${place}${line ? `:${line}` : ''}`
}
