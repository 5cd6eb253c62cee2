import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CliError } from './errors.js'

/** Files in which tools keep a profile or a snapshot. */
const profiles = [
  /\.(?:cpuprofile|heapprofile|heapsnapshot|pb|pprof)(?:\.gz)?$/,
  /\.clinic-(?:flame-samples|heapprofiler)$/,
  /^isolate.*\.json$/,
]

/** Of a folder that 0x or clinic has left: the profile in it. A file is that file. @throws CliError */
export async function profileIn(path: string): Promise<string> {
  if (!(await stat(path).catch(() => null))?.isDirectory()) return path
  const names = await readdir(path)
  const found = names.filter(name => profiles.some(one => one.test(name)))
  const [only] = found
  if (only !== undefined && found.length === 1) return join(path, only)
  throw new CliError(
    'usage',
    found.length === 0
      ? `there is no profile in the folder ${basename(path)}`
      : `there are several profiles in the folder ${basename(path)}, name one: ${found.slice(0, 10).join(', ')}`,
  )
}
