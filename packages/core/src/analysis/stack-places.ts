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
