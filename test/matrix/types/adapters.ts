// The adapters, with no types of Express and Koa anywhere.
import { createServer } from 'node:http'
import { type ExpressRequest, autodump as forExpress } from '@autodump/express'
import autodump, { type AutodumpOptions } from '@autodump/fastify'
import { autodump as forKoa } from '@autodump/koa'
import Fastify from 'fastify'

const options: AutodumpOptions = { auth: false }
// @ts-expect-error options are checked
export const wrong: AutodumpOptions = { auth: 'open' }

export async function main(): Promise<string> {
  const app = Fastify()
  await app.register(autodump, options)
  const middleware = forExpress(options)
  createServer((req, res) => middleware({ ...req, url: '/' } as ExpressRequest, res, () => res.end('hello')))
  return app.autodump.status().state + middleware.monitor.status().state + forKoa(options).monitor.status().state
}
