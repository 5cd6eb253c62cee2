import { basename } from 'node:path'
import { anonymous, asItIs, type CodePlace, type LocatedFunction, locate, type OriginalOf, ofApp } from './places.js'
import { isCompiled } from './what-ran.js'

/** The lines of an error's stack without their ` at `, innermost first. */
export const framesOf = (stack: string): string[] =>
  stack.split('\n').flatMap(line => /^\s+at (.+)$/.exec(line)?.[1] ?? [])

/**
 * The app's functions in an error's stack, innermost first. Places in TypeScript and the like are the source's already:
 * whoever compiled it at the start has mapped the stack.
 */
export function appPlacesIn(stack: string, cwd: string, originalOf: OriginalOf = asItIs): LocatedFunction[] {
  const places = framesOf(stack).flatMap(frame => placeIn(frame) ?? [])
  return ofApp(places.map(place => locate(place, cwd, isCompiled(place.url) ? asItIs : originalOf)))
}

/** `async loadOrder [as _onTimeout] (file:///app/orders.js:12:5)`, or `file:///app/orders.js:12:5` alone. */
function placeIn(frame: string): CodePlace | null {
  const [, name = anonymous, url, line, column] =
    /^(?:async )?(?:(?:new )?(.+?)(?: \[as [^\]]*\])? \()?((?:file:|node:|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/.exec(
      frame,
    ) ?? []
  return url === undefined ? null : { name, url, line: Number(line), column: Number(column) }
}

/** Whether a frame is neither Node's nor a package's. */
export const isOwnFrame = (frame: string): boolean => !/node:|node_modules|<anonymous>\)?$/.test(frame)

/** `loadOrder (orders.js:31)` of `Timeout.loadOrder [as _onTimeout] (file:///app/src/orders.js:31:20)`. */
export function inShort(frame: string): string {
  const [, name, file, line] = /^(?:async )?(?:(.*) \()?([^()]*?):(\d+):\d+\)?$/.exec(frame) ?? []
  if (file === undefined) return frame
  const at = `${basename(file)}:${line}`
  // V8 says on what a function was called, and by which property: for a timer neither is the app's.
  return name ? `${name.replace(/^Timeout\.|^Immediate\.|^Object\.| \[as [^\]]*\]$/g, '')} (${at})` : at
}

/** `fail of strict-config` of `fail (/app/node_modules/strict-config/index.js:1:27)`; the short form for any other place. */
export function inPackage(frame: string): string {
  const [, name] = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](?!.*node_modules)/.exec(frame) ?? []
  if (name === undefined) return inShort(frame)
  const [called = ''] = inShort(frame).split(' (')
  return /:\d+$/.test(called) ? name : `${called} of ${name}`
}
