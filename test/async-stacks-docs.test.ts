import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryDirectory } from './support.js'

const page = readFileSync(new URL('../docs/async-stacks.md', import.meta.url), 'utf8')
const example = /```js\n([\s\S]*?)```/.exec(page)?.[1] as string

const program = `
const waiters = []
async function acquireLock() { await new Promise(resolve => waiters.push(resolve)) }
async function checkout() { await acquireLock() }
for (let i = 0; i < 12; i++) checkout()
setImmediate(() => require('node:v8').writeHeapSnapshot(process.argv[1]))`

it('the example for async stacks from a heap snapshot runs as it stands', () => {
  const snapshot = join(temporaryDirectory(), 'shop.heapsnapshot')
  execFileSync(process.execPath, ['-e', program, snapshot])
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', example, 'example.js', snapshot], { cwd })
  expect(output.toString()).toContain('12 acquireLock < checkout lock')
  expect(readFileSync(`${snapshot}.collapsed.txt`, 'utf8')).toMatch(/^checkout .*;acquireLock .* 12$/m)
})
