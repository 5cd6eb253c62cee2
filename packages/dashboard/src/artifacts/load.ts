import { send } from '../api/client.ts'
import type { ArtifactEntry } from '../api/types.ts'
import { artifactUrl } from '../dumps/actions.ts'

/** Bytes of the content. A larger file is only read on request. */
export const readAtOnce = 4 * 1024 ** 2

export async function loadText(dump: string, file: string, signal: AbortSignal): Promise<string> {
  return (await send(artifactUrl(dump, file), { signal })).text()
}

/** @throws Error in words where the file is no JSON */
export async function loadJson<T>(dump: string, file: string, signal: AbortSignal): Promise<T> {
  const text = await loadText(dump, file, signal)
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is no valid JSON; it may be cut off. Download it to see what is there`)
  }
}

/** The input of a viewer. */
export interface ViewerProps {
  dump: string
  artifact: ArtifactEntry
  /** All of the dump, for those that belong together. */
  artifacts: ArtifactEntry[]
}
