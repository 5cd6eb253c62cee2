import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  prepareControlDirectory,
  publishInstance,
  removeSocket,
  statusFileOf,
  sweepInstances,
} from '../control/instances.js'
import { noteStatusOfCaptures } from '../control/last-status.js'
import { enterRegister } from '../control/register.js'
import { type AdminHandler, createAdminHandler } from '../http/admin-handler.js'
import { messageOf } from '../lib/errors.js'
import { identityOf } from '../lib/process-identity.js'
import { type AdminServer, startAdminServer } from './admin-server/server.js'
import type { Service } from './service.js'

/** Bytes of a path that every system accepts, with room for the directory in which the socket is created. */
const longestPath = 100

/** Milliseconds between two checks that our files still exist; each check also touches them. */
const lookEvery = 60_000

const touchEvery = 3600_000

interface Opened {
  server: AdminServer
  /** By which it is found: in the dump directory, and in the register of this user. */
  files: string[]
  close(): Promise<void>
}

/**
 * The admin routes at a socket in the dump directory, with no token: every user who may open it (mode 0600, directory
 * 0700) owns the dumps. Other instances and the command line find it by a file beside it. It answers while the app
 * thread cannot, and returns if somebody has removed the directory.
 */
export const controlSocket: Service = async ({ api, data, logger, onError }) => {
  const handler = createAdminHandler(api, { auth: false, logger })
  const { id, title, script, labels, node, version, startedAt } = api.fleet.own
  const about = { title, script, labels, node, version, startedAt }

  async function open(): Promise<Opened> {
    const { dir } = data.options
    const control = await prepareControlDirectory(dir)
    await sweepInstances(dir).catch(error => onError('sweep the control sockets', error))
    const { server, socket } = await listen(handler, join(control, `${id}.sock`), onError)
    const file = join(control, `${id}.json`)
    const files = [file]
    let forget = () => {}
    const close = async () => {
      forget()
      for (const published of files) rmSync(published, { force: true })
      await server.close()
      removeSocket(socket, control)
    }
    const instance = { ...identityOf(), ...about, socket, prefix: handler.prefix }
    try {
      publishInstance(file, instance)
      forget = noteStatusOfCaptures(api, statusFileOf(file), onError)
    } catch (error) {
      await close()
      throw error
    }
    const entry = await enterRegister(id, instance, dir).catch(error => {
      onError('enter the register of monitors', error)
      return null
    })
    if (entry) files.push(entry)
    return { server, files, close }
  }

  let opened: Opened | undefined = await open().catch(error => {
    onError('open the control socket', error)
    return undefined
  })
  let looking: Promise<void> = Promise.resolve()

  /** Cleaners of temporary directories remove old files, and people remove files at any time. */
  async function look(): Promise<void> {
    if (opened && isThere(opened)) return
    const gone = opened
    opened = undefined
    await gone?.close()
    opened = await open()
  }
  const timer = setInterval(() => {
    looking = look().catch(error => onError('open the control socket', error))
  }, lookEvery)
  timer.unref()

  return {
    async stop() {
      clearInterval(timer)
      await looking
      await opened?.close()
    },
  }
}

function isThere({ server, files }: Opened): boolean {
  const socket = server.address.replace(/^unix:/, '')
  if (!files.every(existsSync) || (process.platform !== 'win32' && !existsSync(socket))) return false
  const now = new Date()
  for (const file of files) if (now.getTime() - statSync(file).mtimeMs > touchEvery) utimesSync(file, now, now)
  return true
}

type OnError = (what: string, error: unknown) => void

/**
 * Listens at that path. If the path is too long for a socket, or its file system has none, it listens in a directory of
 * our own elsewhere.
 */
async function listen(handler: AdminHandler, path: string, onError: OnError) {
  const at = (socket: string) => startAdminServer(handler, { path: socket }, { open: true, onError })
  if (process.platform === 'win32') {
    const socket = `\\\\.\\pipe\\autodump-${process.pid}-${randomBytes(8).toString('hex')}`
    return { server: await at(socket), socket }
  }
  let why = 'its path is too long for a socket'
  if (Buffer.byteLength(path) <= longestPath) {
    try {
      return { server: await at(path), socket: path }
    } catch (error) {
      why = messageOf(error)
    }
  }
  let own: string | undefined
  try {
    // Created under a new name, and closed to others.
    own = mkdtempSync(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'autodump-'))
    const socket = join(own, 's')
    return { server: await at(socket), socket }
  } catch (error) {
    if (own) rmSync(own, { recursive: true, force: true })
    throw new Error(`${path}: ${why}; nor elsewhere: ${messageOf(error)}`)
  }
}
