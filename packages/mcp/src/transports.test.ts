import { expect, it, onTestFinished } from 'vitest'
import { createMcpServer } from './server.js'
import { serveHttp } from './transports.js'

it('over HTTP nobody gets in without a token, even if the token is empty', async () => {
  const make = () => createMcpServer({ name: 'shop', ask: async () => Response.json({}) })
  const { address, close } = await serveHttp(make, { port: 0, host: '127.0.0.1', token: '' })
  onTestFinished(close)
  for (const authorization of [undefined, 'Bearer ', 'Bearer x']) {
    const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }
    expect((await fetch(address, { method: 'POST', headers, body: '{}' })).status).toBe(401)
  }
})
