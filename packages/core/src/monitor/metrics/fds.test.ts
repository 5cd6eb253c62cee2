import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDescriptorReader } from './descriptors.js'
import { createDescriptors } from './fds.js'
import { findOpenDescriptors } from './open-descriptors.js'
import { createReserve } from './reserve.js'

const limits = (soft: number | string) =>
  `Limit  Soft Limit  Hard Limit  Units\nMax open files            ${soft}    1048576    files\n`

const noneLeft = () => {
  throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
}

describe('counting descriptors', () => {
  it.runIf(process.platform === 'linux')('sees each one that is opened, in both ways', () => {
    for (const count of [createDescriptorReader(), createDescriptorReader({ size: () => null })]) {
      const before = count()
      const opened = Array.from({ length: 20 }, () => openSync('/dev/null', 'r'))
      const fresh = createDescriptorReader({ size: () => null })()
      for (const descriptor of opened) closeSync(descriptor)
      expect(before?.limit).toBeGreaterThan(0)
      expect((fresh?.open ?? 0) - (before?.open ?? 0)).toBeGreaterThanOrEqual(15)
    }
  })

  it('goes by the soft limit, and by the one that was set last', () => {
    let soft: number | string = 300
    const count = createDescriptorReader({ size: () => 240, limits: () => limits(soft) })
    expect(count()).toEqual({ open: 240, limit: 300 })
    soft = 1024
    expect(count()).toEqual({ open: 240, limit: 1024 })
  })

  it('has no reading without a limit, or where there is no /proc', () => {
    expect(createDescriptorReader({ size: () => 5, limits: () => limits('unlimited') })()).toBe(null)
    const missing = () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    }
    expect(createDescriptorReader({ size: missing, limits: missing })()).toBe(null)
  })

  it('is at the limit where there is none left to count with', () => {
    let size = () => 100
    let read = () => limits(300)
    const count = createDescriptorReader({ size: () => size(), limits: () => read() })
    count()
    size = noneLeft
    read = noneLeft
    expect(count()).toEqual({ open: 300, limit: 300 })
  })

  it('lists no more often than a hundredth of the time allows', () => {
    const clock = { at: 0 }
    let lists = 0
    const list = () => {
      lists += 1
      clock.at += 20
      return 100_000
    }
    const count = createDescriptorReader({
      size: () => null,
      list,
      limits: () => limits(200_000),
      clock: () => clock.at,
    })
    count()
    for (; clock.at < 2000; clock.at += 500) expect(count()?.open).toBe(100_000)
    expect(lists).toBe(1)
    clock.at = 2100
    count()
    expect(lists).toBe(2)
  })
})

describe('what is open', () => {
  const proc = (targets: string[], tables: Record<string, string> = {}) => ({
    numbers: () => targets.map((_, index) => index),
    targetOf: (fd: number) => targets[fd] ?? null,
    table: (name: string) => tables[name] ?? '',
  })
  const times = (count: number, target: string) => Array.from({ length: count }, () => target)
  const find = (targets: string[], tables?: Record<string, string>) =>
    findOpenDescriptors({ open: targets.length, limit: 300 }, proc(targets, tables))[0]

  it.each([
    ['pipes', times(5, 'pipe:[77]')],
    ['.csv files in the directory for temporary files', times(5, `${tmpdir()}/anna.smith/report.csv`)],
    ['deleted files or directories elsewhere', times(5, '/var/lib/shop/anna (deleted)')],
    ['.log files in the working directory', times(5, `${process.cwd()}/logs/anna.log`)],
    ['of the kernel (eventpoll)', times(5, 'anon_inode:[eventpoll]')],
    ['devices', times(5, '/dev/null')],
    ['other sockets', times(5, 'socket:[1]')],
  ])('is told as %s, without a name that may be somebody’s', (kind, targets) => {
    const found = find([...targets, 'pipe:[1]'.replace('1', '9')])
    expect(found?.text).toContain(`of 300 file descriptors are open, ${kind === 'pipes' ? 6 : 5} of them ${kind}`)
    expect(JSON.stringify(found)).not.toContain('anna')
  })

  it('names the peer of connections, and the port that clients came to', () => {
    const header = '  sl  local_address rem_address   st'
    const row = (local: string, remote: string, state: string, inode: number) =>
      `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100`
    const tcp = [
      header,
      row('00000000:0BB8', '00000000:0000', '0A', 1),
      row('0100007F:0BB8', '0100007F:9C40', '01', 2),
      row('0A00000A:9C41', '0500000A:1538', '01', 3),
      row('0A00000A:9C42', '0500000A:1538', '01', 4),
    ].join('\n')
    const tcp6 = [
      header,
      row('00000000000000000000000001000000:9C43', '00000000000000000000000001000000:1538', '01', 5),
      row('0000000000000000FFFF00000A00000A:9C44', '0000000000000000FFFF00000500000A:1538', '01', 6),
    ].join('\n')
    const found = find(
      [1, 2, 3, 4, 5, 6].map(inode => `socket:[${inode}]`),
      { tcp, tcp6 },
    )
    expect(found?.text).toBe('6 of 300 file descriptors are open, 3 of them connections to 10.0.0.5:5432')
    expect(found?.data?.kinds).toEqual({
      'connections to 10.0.0.5:5432': 3,
      'listening sockets': 1,
      'connections from clients of port 3000': 1,
      'connections to [::1]:5432': 1,
    })
  })

  it.runIf(process.platform === 'linux')('is what this process has open', async () => {
    const count = 30
    const accepted: unknown[] = []
    const server = createServer(socket => void accepted.push(socket))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    await vi.waitFor(() => expect(accepted).toHaveLength(count), { timeout: 20_000 })
    // The kernel's table is read in pieces: while others open and close connections, one piece may miss some.
    await vi.waitFor(() => {
      const [found] = findOpenDescriptors({ open: 1, limit: 1000 })
      const kinds = found?.data?.kinds as Record<string, number>
      expect(Object.values(kinds).reduce((a, b) => a + b)).toBeGreaterThan(30)
      expect(kinds[`connections from clients of port ${port}`]).toBe(count)
    })
  })
})

describe('the reserve', () => {
  const opened = () => {
    let next = 100
    const open = new Set<number>()
    const reserve = createReserve(
      () => {
        open.add(next)
        return next++
      },
      descriptor => void open.delete(descriptor),
    )
    return { open, reserve }
  }

  it('is given up for a dump where few descriptors are left, and only there', () => {
    const { open, reserve } = opened()
    const count = { open: 100, limit: 300 }
    const descriptors = createDescriptors(
      () => count,
      reserve,
      () => [],
    )
    descriptors.read()
    descriptors.atRest()
    expect(open.size).toBe(10)
    descriptors.dumpBegins()
    expect(open.size).toBe(10)
    count.open = 299
    descriptors.read()
    descriptors.dumpBegins()
    expect(open.size).toBe(0)
    // The app needs the rest.
    descriptors.atRest()
    expect(open.size).toBe(0)
    count.open = 200
    descriptors.read()
    descriptors.atRest()
    expect(open.size).toBe(10)
    descriptors.close()
    expect(open.size).toBe(0)
  })

  it('is given up to look at what is open, too', () => {
    const { open, reserve } = opened()
    const count = { open: 100, limit: 300 }
    let openThen = 0
    const descriptors = createDescriptors(
      () => count,
      reserve,
      () => {
        openThen = open.size
        return []
      },
    )
    descriptors.read()
    descriptors.atRest()
    count.open = 302
    expect(descriptors.read()).toBe(100)
    openThen = -1
    descriptors.find()
    expect(openThen).toBe(0)
  })

  it('is small where the limit is', () => {
    const { open, reserve } = opened()
    const descriptors = createDescriptors(
      () => ({ open: 10, limit: 64 }),
      reserve,
      () => [],
    )
    expect(descriptors.read()).toBe(10 / 0.64)
    descriptors.atRest()
    expect(open.size).toBe(3)
  })

  it('fails in silence where there is none', () => {
    const reserve = createReserve(noneLeft)
    reserve.refill(10)
    reserve.release()
  })

  it.runIf(process.platform === 'linux')('frees real descriptors', () => {
    const script = `
      import { openSync } from 'node:fs'
      import { createReserve } from ${JSON.stringify(new URL('../../../dist/monitor/metrics/reserve.js', import.meta.url).href)}
      const reserve = createReserve()
      reserve.refill(10)
      const all = () => { let count = 0; try { for (;;) { openSync('/dev/null', 'r'); count++ } } catch { return count } }
      all()
      reserve.release()
      console.log(all())
    `
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', 'ulimit -n 100; exec "$0" --input-type=module -e "$1"', process.execPath, script],
      { encoding: 'utf8' },
    )
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '10', stderr: '' })
  })
})
