import { expect, it } from 'vitest'
import { runtimeCall } from './runtime-call.js'

const call = (functionName: string, url = '', outer: string | null = null) =>
  runtimeCall({ functionName, url, scriptId: '1', lineNumber: 0, columnNumber: 0 }, outer)

it.each([
  ['pbkdf2Sync', 'node:internal/crypto/pbkdf2', 'crypto.pbkdf2Sync'],
  ['execFileSync', 'node:child_process', 'child_process.execFileSync'],
  ['readFileSync', 'node:fs', 'fs.readFileSync'],
  ['now', 'node:internal/perf/performance', 'now of node:perf_hooks'],
  ['update', 'node:internal/crypto/hash', 'update of node:crypto'],
  ['write', 'node:_http_outgoing', 'res.write'],
  ['ServerResponse.writeHead', 'node:_http_server', 'res.writeHead'],
  ['syncBufferWrapper', 'node:zlib', 'a synchronous function of zlib'],
  ['setTimeout', 'node:timers', 'setTimeout'],
  ['log', 'node:internal/console/constructor', 'console.log'],
  ['memoryUsage', 'node:internal/process/per_thread', 'process.memoryUsage'],
  ['parse', '', 'parse'],
  ['wasm-function[17]', 'wasm://wasm/8a2f', 'WebAssembly'],
])('the app called %s of %s: %s', (name, url, said) => {
  expect(call(name, url)).toBe(said)
})

it('the app called the outermost function of Node, not those in it', () => {
  expect(call('run', '', 'crypto.pbkdf2Sync')).toBe('crypto.pbkdf2Sync')
  expect(call('RegExp: ^a+$', '', 'test')).toBe('RegExp: ^a+$')
  expect(call('log', 'node:internal/console/constructor', 'consoleCall')).toBe('console.log')
})
