import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** What is worth it: fonts and pictures are compressed already. */
const compressible = /\.(html|js|css|json|svg|txt|wasm)$/

/** Puts a `.gz` beside each file, so that the server never compresses anything on the app's thread. */
export function precompressed(): Plugin {
  let out = ''
  return {
    name: 'precompressed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const entry of readdirSync(out, { recursive: true, withFileTypes: true }))
          if (entry.isFile() && compressible.test(entry.name)) compress(join(entry.parentPath, entry.name))
      },
    },
  }
}

function compress(file: string): void {
  const content = readFileSync(file)
  const packed = gzipSync(content, { level: 9 })
  if (packed.length < 0.9 * content.length) writeFileSync(`${file}.gz`, packed)
}
