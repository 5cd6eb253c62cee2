import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { createWebhookLookup, isForbidden } from './forbidden-addresses.js'
import { startMessage } from './message.js'
import { post } from './post.js'
import { createThreads } from './threads.js'

const message = startMessage('m-1', manifestOf(dumpId), { dir: '/d', publicUrl: null })

function hosts(content: string): string {
  const path = join(temporaryDirectory(), 'hosts')
  writeFileSync(path, content)
  return path
}

const send = (url: string, content = '') =>
  post({ url, format: 'json', secret: null, headers: {}, timeout: 30_000 }, message, {
    lookup: createWebhookLookup({ hosts: hosts(content) }).lookup,
    signal: new AbortController().signal,
    now: 0,
    threads: createThreads(),
  })

const refused = { is: 'refused', why: expect.stringContaining('link-local or metadata services') }

describe('addresses to which nothing is posted', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
  ])('%s', address => {
    expect(isForbidden(address)).toBe(true)
  })

  it.each(['127.0.0.1', '10.0.0.1', '192.168.1.1', '172.16.0.1', '8.8.8.8', '::1', 'fd00::1', '2001:db8::1', 'shop'])(
    'not %s, where receivers of one’s own may be',
    address => {
      expect(isForbidden(address)).toBe(false)
    },
  )

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fe80::1]/',
    'https://[fd00:ec2::254]/',
  ])('%s, however it is written', async url => {
    expect(await send(url)).toEqual(refused)
  })

  it('nor to a name that somebody lets point there', async () => {
    expect(await send('http://hooks.example/', '169.254.169.254 hooks.example')).toEqual(refused)
    expect(await send('https://hooks.example/', 'fd00:ec2::254 hooks.example')).toEqual(refused)
  })

  it('but to the other addresses of a name that has one of them too, as names of a local network do', async () => {
    let posts = 0
    const server = createServer((req, res) => {
      posts += 1
      req.resume()
      res.end()
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const outcome = await send(`http://box.example:${port}/`, 'fe80::1 box.example\n127.0.0.1 box.example')
    expect([outcome, posts]).toEqual([{ is: 'delivered' }, 1])
  })
})
