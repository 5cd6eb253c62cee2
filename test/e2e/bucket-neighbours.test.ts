import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type S3Server, startS3Server } from '../../packages/core/src/testing/s3-server.js'
import { eventually, manifestsIn, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const credentials = { accessKeyId: 'ABCDEFGH', secretAccessKey: ['s3', 'cret', 'of', 'a', 'test'].join('-') }

async function startStore(name: string) {
  const server = await startS3Server(name)
  onTestFinished(() => server.close())
  return { server, bucket: { url: `s3://${name}`, endpoint: server.endpoint, credentials } }
}

/** Ids of the dumps that the index lists. */
const listed = ({ objects }: S3Server) =>
  [...objects]
    .filter(([key]) => key.startsWith('v1/index/'))
    .map(([, content]) => JSON.parse(`${content}`).id as string)

async function dump(server: RunningServer): Promise<string> {
  const answer = await server.admin('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
  const { id } = (await answer.json()) as { id: string }
  await eventually('the dump', () => readdirSync(server.dir).includes(id))
  return id
}

const atRest = (server: RunningServer) =>
  eventually('nothing waits', async () => {
    const { bucket } = await server.status()
    return bucket?.state === 'idle' && bucket.pending === 0 && bucket
  })

it('services that share a dump directory each upload to their own bucket, and nobody for one without', async () => {
  const dir = temporaryDirectory()
  const [ofShop, ofMail] = [await startStore('shop'), await startStore('mail')]
  ofMail.server.fail(() => ({ status: 403, code: 'AccessDenied' }))
  const usual = { dir, thresholds: noRules }
  const mail = await startServer({ ...usual, labels: { service: 'mail' }, bucket: ofMail.bucket })
  const secret = await startServer({ ...usual, labels: { service: 'secret' } })
  // The same bucket, but another service, with kinds of its own.
  const stock = await startServer({ ...usual, labels: { service: 'stock' }, bucket: { ...ofShop.bucket, kinds: [] } })
  const shop = await startServer({ ...usual, labels: { service: 'shop' }, bucket: ofShop.bucket })
  const [ofMailToo, ofSecret, ofStock] = [await dump(mail), await dump(secret), await dump(stock)]
  const ofShopToo = await dump(shop)
  await eventually('the upload', () => listed(ofShop.server).includes(ofShopToo))
  expect(await atRest(shop)).toMatchObject({ uploaded: 1, failed: 0 })
  await eventually('the upload of the other service', () => listed(ofShop.server).includes(ofStock))
  expect(await atRest(stock)).toMatchObject({ uploaded: 1 })
  expect(listed(ofShop.server).sort()).toEqual([ofShopToo, ofStock].sort())
  expect(listed(ofMail.server)).toEqual([])
  ofMail.server.fail(() => null)
  await mail.admin('/thresholds', { method: 'PATCH', body: '{}' })
  await eventually('the upload once it may', () => listed(ofMail.server).includes(ofMailToo))
  expect(listed(ofMail.server)).toEqual([ofMailToo])
  expect(readdirSync(join(dir, '.bucket')).some(name => name.startsWith(ofSecret))).toBe(false)
})

it('the crash of another service goes to the bucket of that service, though this one has found it', async () => {
  const dir = temporaryDirectory()
  const [ofShop, ofMail] = [await startStore('shop'), await startStore('mail')]
  const usual = { dir, interval: 50, thresholds: noRules }
  const asMail = { ...usual, labels: { service: 'mail' }, bucket: ofMail.bucket }
  const mail = await startServer(asMail, { fixture: 'crash.mjs' })
  mail.child.send('throw')
  await mail.exit
  const shop = await startServer({ ...usual, labels: { service: 'shop' }, bucket: ofShop.bucket })
  const [crash] = await eventually('the dump of the crash', async () => {
    const found = await manifestsIn(dir)
    return found.length > 0 && found
  })
  expect(crash).toMatchObject({ trigger: { rule: 'crash' }, uploadTo: { bucket: 's3://mail', service: 'mail' } })
  const own = await dump(shop)
  await eventually('its own upload', () => listed(ofShop.server).includes(own))
  await atRest(shop)
  expect([listed(ofShop.server), listed(ofMail.server)]).toEqual([[own], []])
  await startServer(asMail)
  await eventually('the upload', () => listed(ofMail.server).includes(`${crash?.id}`))
  expect(listed(ofShop.server)).toEqual([own])
})

it('retention of a service without a bucket leaves the dumps that wait for that of another to the last', async () => {
  const dir = temporaryDirectory()
  const ofMail = await startStore('mail')
  ofMail.server.fail(() => 'reset')
  const usual = { dir, thresholds: noRules, retention: { maxDumps: 3 } }
  const mail = await startServer({ ...usual, labels: { service: 'mail' }, bucket: ofMail.bucket })
  const waits = await dump(mail)
  const secret = await startServer({ ...usual, labels: { service: 'secret' } })
  const [first, ...others] = [await dump(secret), await dump(secret), await dump(secret)]
  await eventually('one of its own is gone', () => !readdirSync(dir).includes(`${first}`))
  const ids = readdirSync(dir).filter(name => /^\d/.test(name))
  expect(ids.sort()).toEqual([waits, ...others].sort())
})
