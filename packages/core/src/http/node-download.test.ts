// @module-tag full
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAdmin, bearer } from '../testing/ask-admin.js'
import { dumpId, entryOf } from '../testing/fake-monitor.js'
import { listen, until } from '../testing/sockets.js'
import { createNodeListener } from './node.js'

const GiB = 1024 ** 3

const dir = mkdtempSync(join(tmpdir(), 'autodump-download-'))

const path = join(dir, 'heap.heapsnapshot')

const { handler, monitor } = askAdmin()

const errors: unknown[] = []

const server = createServer(createNodeListener(handler, (what, error) => errors.push([what, error])))

const target = `/debug/autodump/dumps/${dumpId}/heap.heapsnapshot`

let port: number

beforeAll(async () => {
  // Without blocks on disk: only its length is a gigabyte.
  writeFileSync(path, '')
  truncateSync(path, GiB)
  const entry = { ...entryOf('heap.heapsnapshot', ''), bytes: GiB, storedBytes: GiB }
  monitor.artifacts.set(`${dumpId}/heap.heapsnapshot`, { path, entry })
  port = await listen(server)
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(dir, { recursive: true })
})

function isOpen(): boolean {
  return readdirSync('/proc/self/fd').some(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path
    } catch {
      return false
    }
  })
}

describe('a download of 1 GiB', () => {
  it('takes constant memory', async () => {
    // Another process reads, so that what grows here is the server.
    const script = `require('http').get({ port: ${port}, path: '${target}', headers: { authorization: 'Bearer t0ken' } }, res => {
      let bytes = 0
      res.on('data', chunk => { bytes += chunk.length }).on('end', () => console.log(bytes))
    })`
    const before = process.memoryUsage().rss
    let most = before
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 10)
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script])
    clearInterval(timer)
    expect(Number(stdout)).toBe(GiB)
    expect((most - before) / 1024 ** 2, 'MiB more').toBeLessThan(150)
    await until(() => !isOpen())
  })

  it('is not read ahead for a client that does not read, and its file is closed when that one leaves', async () => {
    const fd = openSync(path, 'r')
    expect(isOpen(), 'that an open file would be seen').toBe(true)
    closeSync(fd)

    const before = process.memoryUsage().rss
    const req = httpRequest({ port, path: target, headers: bearer })
    req.end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    await once(res, 'readable')
    const first = process.memoryUsage().rss
    await new Promise(resolve => setTimeout(resolve, 100))
    expect((process.memoryUsage().rss - Math.max(before, first)) / 1024 ** 2, 'MiB more').toBeLessThan(50)
    expect(isOpen()).toBe(true)
    req.destroy()
    await until(() => !isOpen())
    expect(errors).toEqual([])
  })

  it('that breaks off on disk breaks off on the wire, and is not made to look whole', async () => {
    const failing = async (request: Request) => {
      const response = await handler(request)
      const whole = (response.body as ReadableStream<Uint8Array>).getReader()
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value } = await whole.read()
          if (value) controller.enqueue(value)
          await whole.cancel()
          controller.error(new Error('disk error'))
        },
      })
      return new Response(body, response)
    }
    const report = (...failure: unknown[]) => void errors.push(failure)
    const broken = createServer(createNodeListener(Object.assign(failing, { prefix: handler.prefix }), report))
    const url = `http://127.0.0.1:${await listen(broken)}${target}`
    await expect(fetch(url, { headers: bearer }).then(response => response.text())).rejects.toThrow()
    expect(errors).toEqual([['send an admin response', expect.objectContaining({ message: 'disk error' })]])
    broken.close()
  })
})
