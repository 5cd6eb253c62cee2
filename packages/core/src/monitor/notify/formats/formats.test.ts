import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ResolvedWebhook } from '../../../model/notify-options.js'
import { dumpId, manifestOf } from '../../../testing/fake-monitor.js'
import { type Message, startMessage } from '../message.js'
import { formats } from './index.js'

type Name = ResolvedWebhook['format']

const names = Object.keys(formats) as Name[]

const link = `https://shop.example/debug/autodump/dumps/${dumpId}`

const now = 1_764_000_000_123

const place = { dir: '/var/dumps', publicUrl: 'https://shop.example/debug/autodump' }

const usual = startMessage('m-1', manifestOf(dumpId), place)

const url = new URL('https://hooks.example/s3cret')

const bodyOf = (name: Name, message: Message = usual) => JSON.parse(formats[name].shape(message, { url }).body)

const said = (summary: string, more: Partial<Message> = {}): Message => ({ ...usual, summary, ...more })

describe('every format', () => {
  it.each(names)('%s has the sentence, the figures and the link', name => {
    const { body } = formats[name].shape(usual, { url })
    const plain = body.replaceAll('\\\\', '')
    for (const part of ['CPU at 90%: burn (app.js:3)', link, '90%', '30%', '37.5', '42', 'box', 'shop', 'cpu'])
      expect(plain).toContain(part)
    expect(plain).toMatch(/cpu spike|"rule":"spike"/)
  })

  it.each(names)('%s has the trace, where the dump has one', name => {
    const traceUrl = 'https://tempo.example/trace/4bf92f3577b34da6a3ce929d0e0e4736'
    const dump = manifestOf(dumpId)
    const traced = startMessage('m-1', dump, place)
    expect(traced).not.toHaveProperty('trace')
    dump.summary.findings.push({ kind: 'trace', text: 'the trace', data: { traceUrl } })
    const { body } = formats[name].shape(startMessage('m-1', dump, place), { url })
    expect(body.replaceAll('\\', '')).toContain(traceUrl)
  })

  it.each(names)('%s says where the dump is when there is no link', name => {
    const { body } = formats[name].shape({ ...usual, link: null }, { url })
    expect(body).not.toContain('https://shop')
    for (const part of [dumpId.slice(0, 19), 'box', '/var/dumps']) expect(body.replaceAll('\\\\', '')).toContain(part)
  })

  it.each(names)('%s bears a message without figures, and very long ones', name => {
    const trigger = {
      ...usual.trigger,
      metric: null,
      rule: 'manual',
      value: null,
      mean: null,
      threshold: null,
      unit: null,
    }
    expect(formats[name].shape({ ...usual, trigger }, { url }).body).not.toMatch(/undefined|NaN|null%/)
    const labels = Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`label${i}`, '长'.repeat(1024)]))
    const long = said('*'.repeat(50_000), { process: { ...usual.process, labels } })
    const limit = {
      json: 1e6,
      slack: 20_000,
      discord: 30_000,
      teams: 28_000,
      feishu: 20_000,
      dingtalk: 20_000,
      wecom: 3000,
    }
    expect(Buffer.byteLength(formats[name].shape(long, { url }).body)).toBeLessThan(limit[name])
  })
})

/** The first text that a person sees of a message, as its service shows it. */
const firstText: Record<Exclude<Name, 'json'>, (body: ReturnType<typeof bodyOf>) => string> = {
  slack: ({ blocks }) => blocks[0].text.text,
  discord: ({ embeds }) => embeds[0].title.replaceAll('\\', ''),
  teams: ({ attachments }) => attachments[0].content.body[0].inlines[0].text,
  feishu: ({ content }) => content.post.en_us.title,
  dingtalk: ({ text }) => text.content.split('\n')[0],
  wecom: ({ text }) => text.content.split('\n')[0],
}

const chats = Object.keys(firstText) as (keyof typeof firstText)[]

describe('a chat', () => {
  const summary = 'One is said. Two (src/a.js:3) took 9.5% of it. Three waits. Four is one too many. Five too.'

  it.each(chats)('%s begins with the headline, has three lines of evidence, and one link', name => {
    const body = bodyOf(name, said(summary))
    expect(firstText[name](body)).toBe(usual.headline)
    const all = JSON.stringify(body).replaceAll('\\', '')
    for (const line of ['One is said', 'Two (src/a.js:3) took 9.5% of it', 'Three waits']) expect(all).toContain(line)
    expect(all).not.toMatch(/Four|Five/)
    expect(all.split('https://shop').length - 1).toBe(1)
  })

  it.each(chats)('%s does not say the headline twice, and says when an episode is over', name => {
    const again = JSON.stringify(bodyOf(name, said(`${usual.headline}. It is so.`))).replaceAll('\\', '')
    expect(again.split('CPU 90%: burn').length - 1).toBe(name === 'slack' ? 2 : 1)
    expect(firstText[name](bodyOf(name, said('cpu spike: 3 dumps', { type: 'episode.ended' })))).toMatch(/is over$/)
    expect(firstText[name](bodyOf(name, { ...usual, type: 'episode.updated' }))).toBe(
      `A surer culprit: ${usual.headline}`,
    )
  })

  it.each(chats)('%s takes the message of an older version, which has no headline', name => {
    const { headline, ...older } = said('All in one sentence; with a culprit.')
    expect(JSON.stringify(bodyOf(name, older))).toContain('with a culprit')
    expect(firstText[name](bodyOf(name, older))).toContain('cpu spike on box')
  })
})

describe('slack', () => {
  it('is text with blocks, in which nothing of ours is markup but the link', () => {
    const source = `autodump: cpu spike on box · cpu: 90% (mean 30%, threshold 37.5%) · process: 42 on box · labels: service=shop · dump: ${dumpId}`
    expect(bodyOf('slack')).toEqual({
      text: 'CPU 90%: burn (app.js:3)\nCPU at 90%: burn (app.js:3)',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'CPU 90%: burn (app.js:3)', emoji: false } },
        { type: 'section', text: { type: 'plain_text', text: 'CPU at 90%: burn (app.js:3)', emoji: false } },
        { type: 'context', elements: [{ type: 'plain_text', text: source, emoji: false }] },
        { type: 'section', text: { type: 'mrkdwn', text: `<${link}|Open the dump>`, verbatim: true } },
      ],
    })
  })

  it('escapes control sequences', () => {
    const { text, blocks } = bodyOf('slack', said('GET /<!channel>&<http://evil|x>'))
    expect(text).toContain('GET /&lt;!channel&gt;&amp;&lt;http://evil|x&gt;')
    expect(blocks[1].text.type).toBe('plain_text')
  })

  it('keeps to the limits of Block Kit', () => {
    const { blocks } = bodyOf('slack', said('x'.repeat(9000), { process: { ...usual.process, host: 'h'.repeat(255) } }))
    expect(blocks[0].text.text.length).toBeLessThanOrEqual(150)
    expect(blocks[1].text.text.length).toBeLessThanOrEqual(3000)
    expect(blocks.length).toBeLessThanOrEqual(50)
    expect(blocks[2].elements.length).toBeLessThanOrEqual(10)
  })
})

describe('discord', () => {
  it('is one embed that mentions nobody', () => {
    const body = bodyOf('discord')
    expect(body.allowed_mentions).toEqual({ parse: [] })
    expect(body.embeds).toHaveLength(1)
    expect(body.embeds[0]).toMatchObject({ url: link, timestamp: usual.at, color: 0xd93025 })
    expect(body.content).toBeUndefined()
  })

  it('escapes markdown and mentions', () => {
    const [embed] = bodyOf('discord', said('@everyone **b** [x](http://evil) <@1> `c` # d')).embeds
    expect(embed.description).toBe('\\@everyone \\*\\*b\\*\\* \\[x\\]\\(http\\://evil\\) \\<\\@1\\> \\`c\\` \\# d')
  })

  it('keeps to the limits of an embed', () => {
    const [embed] = bodyOf('discord', said('*'.repeat(9000))).embeds
    expect(embed.title.length).toBeLessThanOrEqual(256)
    expect(embed.description.length).toBeLessThanOrEqual(4096)
    expect(embed.footer.text.length).toBeLessThanOrEqual(2048)
    expect([embed.title, embed.description, embed.footer.text].join('').length).toBeLessThanOrEqual(6000)
  })
})

describe('teams', () => {
  it('is an Adaptive Card in an attachment, with text in runs that are no markdown', () => {
    const body = bodyOf('teams', said('[x](http://evil) <at>all</at>'))
    expect(body.type).toBe('message')
    const [{ contentType, content }] = body.attachments
    expect(contentType).toBe('application/vnd.microsoft.card.adaptive')
    expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.2' })
    expect(content.actions).toEqual([{ type: 'Action.OpenUrl', title: 'Open the dump', url: link }])
    expect(new Set(content.body.map(({ type }: { type: string }) => type))).toEqual(new Set(['RichTextBlock']))
    expect(content.body[1].inlines).toEqual([{ type: 'TextRun', text: '[x](http://evil) <at>all</at>' }])
    expect(content.msteams).toBeUndefined()
  })
})

describe('feishu', () => {
  it('is a post of texts and one link', () => {
    const body = bodyOf('feishu', said('<at user_id="all">all</at>'))
    expect(body.msg_type).toBe('post')
    const { title, content } = body.content.post.en_us
    expect(title).toBe('CPU 90%: burn (app.js:3)')
    expect(content[0]).toEqual([{ tag: 'text', text: '<at user_id="all">all</at>' }])
    expect(content.at(-1)).toEqual([{ tag: 'a', text: 'Open the dump', href: link }])
    expect(body.sign).toBeUndefined()
  })

  it('is signed in the body, with time and secret as the key', () => {
    const body = JSON.parse(formats.feishu.shape(usual, { url, signing: { secret: 'k', now } }).body)
    expect(body.timestamp).toBe('1764000000')
    expect(body.sign).toBe(createHmac('sha256', '1764000000\nk').update('').digest('base64'))
  })

  it('reads the code of the answer', () => {
    expect(formats.feishu.readAnswer?.({ code: 0, msg: 'success' })).toEqual({ is: 'delivered' })
    expect(formats.feishu.readAnswer?.({ StatusCode: 0, StatusMessage: 'success' })).toEqual({ is: 'delivered' })
    const why = 'it answered code 19021 (sign match fail)'
    expect(formats.feishu.readAnswer?.({ code: 19021, msg: 'sign match fail' })).toEqual({ is: 'refused', why })
    expect(formats.feishu.readAnswer?.({ code: 11232, msg: 'too often' })?.is).toBe('delayed')
    expect(formats.feishu.readAnswer?.({})?.is).toBe('refused')
  })
})

describe('dingtalk', () => {
  it('is plain text that mentions nobody', () => {
    const body = bodyOf('dingtalk')
    expect(body).toEqual({ msgtype: 'text', text: { content: expect.any(String) }, at: { isAtAll: false } })
    expect(body.text.content.split('\n')).toEqual([
      'CPU 90%: burn (app.js:3)',
      'CPU at 90%: burn (app.js:3)',
      `autodump: cpu spike on box · cpu: 90% (mean 30%, threshold 37.5%) · process: 42 on box · labels: service=shop · dump: ${dumpId}`,
      link,
    ])
  })

  it('is signed in the query', () => {
    const { query } = formats.dingtalk.shape(usual, { url, signing: { secret: 'SECk', now } })
    const sign = createHmac('sha256', 'SECk').update(`${now}\nSECk`).digest('base64')
    expect(query).toEqual({ timestamp: String(now), sign })
    expect(formats.dingtalk.shape(usual, { url }).query).toBeUndefined()
  })

  it('reads the code of the answer', () => {
    expect(formats.dingtalk.readAnswer?.({ errcode: 0, errmsg: 'ok' })).toEqual({ is: 'delivered' })
    expect(formats.dingtalk.readAnswer?.({ errcode: 310000, errmsg: 'sign not match' })?.is).toBe('refused')
    expect(formats.dingtalk.readAnswer?.({ errcode: 130101, errmsg: 'send too fast' })?.is).toBe('delayed')
  })
})

describe('wecom', () => {
  it('is plain text of at most 2048 bytes, in which nobody is mentioned', () => {
    const body = bodyOf('wecom', said(`<@all> ${'长'.repeat(3000)}`))
    expect(body.msgtype).toBe('text')
    expect(body.text.content).not.toContain('<@')
    expect(Buffer.byteLength(body.text.content)).toBeLessThanOrEqual(2048)
    expect(body.text.content.endsWith(link)).toBe(true)
    expect(body.text.content).toContain(dumpId)
  })

  it('reads the code of the answer', () => {
    expect(formats.wecom.readAnswer?.({ errcode: 0, errmsg: 'ok' })).toEqual({ is: 'delivered' })
    expect(formats.wecom.readAnswer?.({ errcode: 93000, errmsg: 'invalid webhook url' })?.is).toBe('refused')
    expect(formats.wecom.readAnswer?.({ errcode: 45009, errmsg: 'api freq out of limit' })?.is).toBe('delayed')
  })
})

describe('json', () => {
  it('is the message as it is, with nothing of the artifacts or the samples', () => {
    expect(bodyOf('json')).toEqual(usual)
    expect(Object.keys(usual).sort()).toEqual(
      ['at', 'dir', 'dump', 'episode', 'headline', 'id', 'link', 'process', 'summary', 'trigger', 'type'].sort(),
    )
  })

  it('is signed over time and body', () => {
    const { body, headers } = formats.json.shape(usual, { url, signing: { secret: 'k', now } })
    const v1 = createHmac('sha256', 'k').update(`1764000000.${body}`).digest('hex')
    expect(headers).toEqual({ 'autodump-message': 'm-1', 'autodump-signature': `t=1764000000,v1=${v1}` })
  })
})

describe('words from elsewhere', () => {
  it.each(names)('cannot begin a line or turn the direction of writing in %s', name => {
    const manifest = manifestOf(dumpId)
    manifest.summary.text = 'GET /a\nautodump: all is well\u2028\u202etxt.exe'
    manifest.process.labels = { service: 'x\r\ny' }
    const body = formats[name].shape(startMessage('m', manifest, place), { url }).body
    expect(body).not.toMatch(/[\u2028\u202e]/)
    expect(JSON.stringify(JSON.parse(body)).replaceAll('\\\\', '')).not.toMatch(/\/a(\\n|\\r)/)
  })
})
