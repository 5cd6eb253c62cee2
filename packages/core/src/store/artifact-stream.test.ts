import { readdirSync, readlinkSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import type { LocalArtifact } from '../model/store.js'
import { temporaryDirectory } from '../testing/dumps.js'
import { openArtifact } from './artifact-stream.js'
import { writeContent } from './content.js'

const text = '{"name":"burn"},'.repeat(200_000)

async function stored(content: string): Promise<LocalArtifact> {
  const path = join(temporaryDirectory(), 'a.json')
  const written = await writeContent(path, content, {
    signal: new AbortController().signal,
    hasRoom: async () => true,
  })
  return {
    path: written.encoding ? `${path}.gz` : path,
    entry: { file: 'a.json', kind: 'requests', phase: 'during', state: 'complete', ...written },
  }
}

/** How often this process has that file open, as Linux tells. */
function openCount(path: string): number {
  const links = readdirSync('/proc/self/fd').map(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return '' // The one that reads the directory.
    }
  })
  return links.filter(link => link === path).length
}

describe('reading an artifact', () => {
  it('gives a plain file with its length', async () => {
    const { stream, encoding, length } = await openArtifact(await stored('{}'), true)
    expect([encoding, length, (await buffer(stream)).toString()]).toEqual([undefined, 2, '{}'])
  })

  it('gives the compressed form to those who take it', async () => {
    const artifact = await stored(text)
    const { stream, encoding, length } = await openArtifact(artifact, true)
    const content = await buffer(stream)
    expect([encoding, length]).toEqual(['gzip', content.length])
    expect(gunzipSync(content).toString()).toBe(text)
  })

  it('unzips for all others', async () => {
    const { stream, encoding, length } = await openArtifact(await stored(text), false)
    expect([encoding, length]).toEqual([undefined, text.length])
    expect((await buffer(stream)).toString()).toBe(text)
  })

  it('fails for a file that was cut off, and promises no length for it', async () => {
    const artifact = await stored(text)
    truncateSync(artifact.path, 1000)
    const { stream, length } = await openArtifact(artifact, false)
    expect(length).toBeUndefined()
    await expect(buffer(stream)).rejects.toThrow('unexpected end of file')
  })

  it('says at once that a file is gone', async () => {
    const artifact = await stored('{}')
    rmSync(artifact.path)
    await expect(openArtifact(artifact, true)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('does not follow a link that somebody has put in its place', async () => {
    const artifact = await stored('{}')
    rmSync(artifact.path)
    symlinkSync('/etc/passwd', artifact.path)
    await expect(openArtifact(artifact, true)).rejects.toMatchObject({ code: 'ELOOP' })
  })

  it.runIf(process.platform === 'linux').each([
    ['plain', 'x'.repeat(1000), true],
    ['compressed', text, true],
    ['unzipped', text, false],
  ])('closes the file when a %s stream is read or destroyed', async (_, content, acceptGzip) => {
    const artifact = await stored(content)
    const open = async () => (await openArtifact(artifact, acceptGzip)).stream
    await buffer(await open())
    await vi.waitFor(() => expect(openCount(artifact.path)).toBe(0))

    const untouched: Readable = await open()
    expect(openCount(artifact.path)).toBe(1)
    untouched.destroy()
    await vi.waitFor(() => expect(openCount(artifact.path)).toBe(0))

    const begun: Readable = await open()
    await new Promise(resolve => begun.once('data', resolve))
    begun.destroy()
    await vi.waitFor(() => expect(openCount(artifact.path)).toBe(0))
  })
})
