import { createSocket } from 'node:dgram'
import type { lookup as systemLookup } from 'node:dns'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createNameLookup, inHosts } from './name-lookup.js'

type Found = { address: string; family: number }[]

const ask = (names: ReturnType<typeof createNameLookup>, name: string, options: object = { all: true }) =>
  new Promise<unknown>((resolve, reject) =>
    names.lookup(name, options as never, (error, found) => (error ? reject(error) : resolve(found))),
  )

async function hostsWith(content: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'autodump-hosts-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  writeFileSync(join(dir, 'hosts'), content)
  return join(dir, 'hosts')
}

/** A name server that knows one address of `known.example`, and answers NXDOMAIN or not at all otherwise. */
async function nameServer(): Promise<{ address: string; onQuestion(act: () => void): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const name = question.subarray(13, 13 + (question[12] ?? 0)).toString()
    if (name === 'silent') return
    const isA = question.readUInt16BE(question.indexOf(0, 12) + 1) === 1
    const end = question.indexOf(0, 12) + 5
    const reply = Buffer.concat([
      question.subarray(0, end),
      ...(name === 'known' && isA ? [Buffer.from('c00c00010001000000000004c0000207', 'hex')] : []),
    ])
    reply.writeUInt16BE(name === 'known' ? 0x8180 : 0x8183, 2)
    reply.writeUInt16BE(name === 'known' && isA ? 1 : 0, 6)
    reply.writeUInt32BE(0, 8)
    socket.send(reply, from.port, from.address)
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise(resolve => socket.close(() => resolve())))
  return { address: `127.0.0.1:${socket.address().port}`, onQuestion: act => void socket.on('message', act) }
}

const neverAsked = (() => {
  throw new Error('the operating system was asked')
}) as unknown as typeof systemLookup

describe('a name', () => {
  it('is looked up in the hosts file first', async () => {
    const hosts = await hostsWith('# x\n10.1.2.3 Box.local box # y\n::5 box\n')
    const names = createNameLookup({ hosts, system: neverAsked })
    expect(await ask(names, 'box')).toEqual([
      { address: '10.1.2.3', family: 4 },
      { address: '::5', family: 6 },
    ])
    expect(await ask(names, 'box', { family: 6 })).toBe('::5')
    expect(inHosts('10.0.0.1 a#b', 'b')).toEqual([])
  })

  it('is then asked of the name servers', async () => {
    const names = createNameLookup({ hosts: '/nowhere', servers: [(await nameServer()).address], system: neverAsked })
    expect(await ask(names, 'known.example')).toEqual([{ address: '192.0.2.7', family: 4 }])
  })

  it('is left to the operating system when those do not know it', async () => {
    const found: Found = [{ address: '10.9.9.9', family: 4 }]
    const system = ((_: string, __: object, done: (error: null, all: Found) => void) => done(null, found)) as never
    const names = createNameLookup({ hosts: '/nowhere', servers: [(await nameServer()).address], system })
    expect(await ask(names, 'short.example')).toEqual(found)
  })

  it('is given up at once when cancelled, and not passed on', async () => {
    const server = await nameServer()
    const names = createNameLookup({ hosts: '/nowhere', servers: [server.address], system: neverAsked })
    const asked = ask(names, 'silent.example')
    server.onQuestion(names.cancel)
    await expect(asked).rejects.toMatchObject({ code: 'ECANCELLED' })

    const tooEarly = ask(names, 'silent.example')
    names.cancel()
    await expect(tooEarly).rejects.toMatchObject({ code: 'ECANCELLED' })
  })
})
