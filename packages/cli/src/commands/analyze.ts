import { analyseFile } from '@autodump/core/analysis'
import { clean } from '../clean.js'
import { size } from '../format.js'
import type { Output } from '../output.js'

/** Bytes from which on reading takes long enough to say how far it is. */
const worthProgress = 8 * 1024 ** 2

export async function analyze(path: string, earlier: string | undefined, output: Output): Promise<void> {
  let shown = 0
  const found = await analyseFile(path, {
    earlier,
    onProgress(read, total) {
      if (total < worthProgress || read - shown < total / 100) return
      shown = read
      output.progress(`reading ${path}: ${size(read)} of ${size(total)}`)
    },
  }).finally(() => output.progress(null))
  if (output.json) return output.printJson(found)
  output.print(output.paint('bold', clean(found.text)))
  for (const { text } of found.findings) output.print(`- ${clean(text)}`)
}
