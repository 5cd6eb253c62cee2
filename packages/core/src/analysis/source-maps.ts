import { asItRan } from './as-ran.js'
import type { AskForScripts, LoadedScript } from './loaded-script.js'
import { type CodePlace, type Original, type OriginalOf, placeOf } from './places.js'
import { type Budget, Later, mappingComment, readLocal, readMap, roomForMaps, urlOf } from './read-map.js'
import { hasSamePlaces, isCompiled, isWhatRan, lineUnknown } from './what-ran.js'

/** Bytes to read for one dump. */
const usualBudget = 96 * 1024 ** 2

/** The same without time: the process may die any moment, or the app thread would stand still. */
const smallBudget = 8 * 1024 ** 2

/** No other script begins after this many milliseconds. */
const patience = 2000

/** Places and scripts to remember from dump to dump. */
const remembered = 20_000

export interface SourceMapsOptions {
  /** Epoch milliseconds. Files written since may not be the running code. @default the start of the process */
  startedAt?: number
  /** @default process.cwd() */
  cwd?: string
  /** Bytes to use for a while. @default half of what the thread's heap, the memory limit and the machine have left */
  room?: () => number
}

export interface AnalysisOptions {
  quick?: boolean
  /** Asks V8 for the code that it runs, if that differs from the files; absent without a process to ask. */
  askForScripts?: AskForScripts
}

export type WithSourceMaps = <T>(analyse: (originalOf: OriginalOf) => T, options?: AnalysisOptions) => Promise<T>

/**
 * Runs an analysis with source maps: once to learn which places it names, and a second time with the answers if any of
 * them has more detail. So the analysis stays a pure function, and only relevant scripts are read.
 *
 * The map is the one that the script's last `//# sourceMappingURL=` names, a file or a `data:` URL, else the file
 * `<script>.map` beside it. It reads only local files, never the network, and nothing that was written since the
 * process started. It asks V8 for text and map of a script that is not a file, or whose text differs from its file. If
 * a text or map cannot be read or parsed, the places of the generated code stay; places in code that nothing can read
 * keep the name alone.
 */
export function createSourceMaps(options: SourceMapsOptions = {}): WithSourceMaps {
  const { startedAt = Date.now() - process.uptime() * 1000, cwd = process.cwd(), room = roomForMaps } = options
  const answers = new Map<string, Original | null>()

  return async (analyse, { quick = false, askForScripts } = {}) => {
    const asked = new Map<string, CodePlace>()
    const plain = analyse(place => {
      asked.set(keyOf(place), place)
      return null
    })
    const budget = { bytes: quick ? smallBudget : usualBudget, until: performance.now() + patience, room: room() }
    const known = new Map<string, Original | null>()
    const answer = (places: CodePlace[], originalOf: OriginalOf | null, isFinal: boolean) => {
      if (isFinal && answers.size + places.length > remembered) answers.clear()
      for (const place of places) {
        const original = originalOf?.(place) ?? null
        known.set(keyOf(place), original)
        // Without time now, the next dump may have some.
        if (isFinal) answers.set(keyOf(place), original)
      }
    }
    for (const [key] of asked) known.set(key, answers.get(key) ?? null)

    const elsewhere: Script[] = []
    for (const [url, places] of byScript(asked, answers, cwd)) {
      const script = { url, places, writtenUntil: startedAt, cwd, budget }
      const found = await originalsOnDisk(script).catch(error => (error instanceof Later ? error : nothing))
      if (found instanceof Later) continue
      if (found.isWhatRan) answer(places, found.originalOf, true)
      else elsewhere.push({ ...script, onDisk: found })
    }
    const loaded = await scriptsOf(elsewhere, quick ? undefined : askForScripts)
    for (const script of elsewhere) {
      const { text = null, originalOf = null } = script.onDisk ?? {}
      const running = loaded?.get(script.url)
      const originals = running ? await originalsInV8(script, running, text).catch(() => undefined) : undefined
      // The running code differs from the file, or the difference is unknown.
      const unknown = isCompiled(script.url) ? lineUnknown(cwd) : originalOf
      answer(script.places, originals === undefined ? unknown : originals, loaded !== null)
    }
    return [...known.values()].some(original => original !== null)
      ? analyse(place => known.get(keyOf(place)) ?? null)
      : plain
  }
}

const keyOf = ({ name, url, line, column, hotLine = 0 }: CodePlace) => `${name}\0${url}\0${line}\0${column}\0${hotLine}`

/** Places not known yet; the app's own scripts first. */
function byScript(asked: Map<string, CodePlace>, known: Map<string, unknown>, cwd: string): [string, CodePlace[]][] {
  const scripts = new Map<string, CodePlace[]>()
  for (const [key, place] of asked) {
    if (known.has(key)) continue
    const places = scripts.get(place.url)
    if (places) places.push(place)
    else scripts.set(place.url, [place])
  }
  const isApp = (url: string) => placeOf(url, cwd).owner === 'app'
  return [...scripts].sort(([a], [b]) => Number(isApp(b)) - Number(isApp(a)))
}

interface Script {
  url: string
  places: CodePlace[]
  writtenUntil: number
  cwd: string
  budget: Budget
  onDisk?: OnDisk
}

interface OnDisk {
  /** `null` if there is no such file, or it is too young. */
  text: string | null
  /** As far as the evidence tells. */
  isWhatRan: boolean
  originalOf: OriginalOf | null
}

const nothing: OnDisk = { text: null, isWhatRan: false, originalOf: null }

async function originalsOnDisk({ url: name, places, writtenUntil, cwd, budget }: Script): Promise<OnDisk> {
  const url = urlOf(name)
  const file = url && (await readLocal(url, writtenUntil, budget))
  if (!file) return nothing
  const { text } = file
  const tracer = await mapOnDisk()
  if (tracer) return { text, isWhatRan: true, originalOf: asItRan(text, tracer.originalOf) }
  return { text, isWhatRan: isWhatRan(text, name, places), originalOf: asItRan(text) }

  /** A broken map counts as none. */
  async function mapOnDisk() {
    try {
      const mapUrl = mappingComment(text)
      return await readMap({ url: url as URL, text, mapUrl, writtenUntil, cwd, places, budget })
    } catch (error) {
      if (error instanceof Later) throw error
      return null
    }
  }
}

/** The scripts as V8 has them; `null` if it cannot be asked now. */
async function scriptsOf(scripts: Script[], ask: AskForScripts | undefined): Promise<Map<string, LoadedScript> | null> {
  if (scripts.length === 0) return new Map()
  return (await ask?.(scripts.map(({ url }) => url)).catch(() => null)) ?? null
}

/** `undefined` if V8 cannot tell more than the file. */
async function originalsInV8(
  { url: name, places, writtenUntil, cwd, budget }: Script,
  { text, mapUrl }: LoadedScript,
  onDisk: string | null,
): Promise<OriginalOf | undefined> {
  const url = urlOf(name) ?? new URL('evaluated:')
  const tracer = mapUrl ? await readMap({ url, text, mapUrl, writtenUntil, cwd, places, budget }) : null
  if (tracer) return asItRan(text, tracer.originalOf)
  const hasNoFile = url.protocol !== 'file:' && !isCompiled(name)
  return hasNoFile || (onDisk !== null && hasSamePlaces(text, onDisk)) ? asItRan(text) : undefined
}
