import type { LoadedScript } from '../../analysis/loaded-script.js'
import { fileUrl } from '../../formats/normalise.js'
import type { AppLink } from '../../link/app-link.js'

/** Characters of all scripts together that are asked for. */
const largest = 16 * 1024 ** 2

/** Milliseconds that the app thread may take. */
const patience = 3000

interface Parsed {
  scriptId: string
  url: string
  sourceMapURL?: string
  length?: number
}

/**
 * Asks V8 for the text of scripts. For a moment it is debugged, which nothing must stop: neither a `debugger` statement
 * nor an exception.
 */
export async function askForScripts(
  openLink: () => Promise<AppLink>,
  urls: string[],
): Promise<Map<string, LoadedScript>> {
  const link = await openLink()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the app thread did not say which scripts it runs')), patience)
  })
  try {
    return await Promise.race([readScripts(link, new Set(urls)), late])
  } finally {
    clearTimeout(timer)
    link.close()
  }
}

async function readScripts(link: AppLink, urls: Set<string>): Promise<Map<string, LoadedScript>> {
  const found = new Map<string, Parsed>()
  // One URL can be of several scripts: the newest runs.
  link.on('Debugger.scriptParsed', (script: Parsed) => {
    const url = fileUrl(script.url)
    if (urls.has(url)) found.set(url, script)
  })
  // Sent together, so that the app thread takes them in one go.
  await Promise.all([
    link.post('Debugger.enable', { maxScriptsCacheSize: 0 }),
    link.post('Debugger.setSkipAllPauses', { skip: true }),
  ])
  const scripts = new Map<string, LoadedScript>()
  let room = largest
  for (const [url, { scriptId, sourceMapURL = '', length = 0 }] of found) {
    room -= length
    if (room < 0) break
    const { scriptSource } = (await link.post('Debugger.getScriptSource', { scriptId })) as { scriptSource: string }
    scripts.set(url, { text: scriptSource, mapUrl: sourceMapURL })
  }
  await link.post('Debugger.disable')
  return scripts
}
