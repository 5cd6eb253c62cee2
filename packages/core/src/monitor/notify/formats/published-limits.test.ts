import { describe, expect, it } from 'vitest'
import type { ResolvedWebhook } from '../../../model/notify-options.js'
import { dumpId, manifestOf } from '../../../testing/fake-monitor.js'
import { type Message, startMessage } from '../message.js'
import { formats } from './index.js'

type Name = ResolvedWebhook['format']

// biome-ignore lint/suspicious/noExplicitAny: bodies of seven services
type Body = any

const bytes = (text: string) => Buffer.byteLength(text)

/** The fault of a text of at most so many characters; services refuse empty ones too. */
const outOf = (what: string, text: unknown, most: number): string[] =>
  typeof text === 'string' && text.length >= 1 && text.length <= most
    ? []
    : [`${what}: ${typeof text === 'string' ? `${text.length} characters` : typeof text}, 1 to ${most} are allowed`]

/** The limits that each service publishes, on the page that is named. */
const checkers: Record<Exclude<Name, 'json'>, (body: Body, raw: string) => string[]> = {
  // https://docs.slack.dev/reference/block-kit/blocks: 50 blocks a message; /blocks/header-block: plain_text, 150;
  // /blocks/section-block: 3000; /blocks/context-block: 10 elements; /composition-objects/text-object: 1 to 3000;
  // https://docs.slack.dev/changelog/2018-truncating-really-long-messages: text is cut from 40,000 on.
  slack: ({ text, blocks }) => [
    ...outOf('text', text, 40_000),
    ...(blocks.length <= 50 ? [] : [`${blocks.length} blocks`]),
    ...blocks.flatMap((block: Body) => {
      if (block.type === 'header') return outOf('header', block.text.text, block.text.type === 'plain_text' ? 150 : 0)
      if (block.type === 'section') return outOf('section', block.text.text, 3000)
      if (block.type === 'context')
        return [
          ...(block.elements.length <= 10 ? [] : [`${block.elements.length} elements`]),
          ...block.elements.flatMap((element: Body) => outOf('element', element.text, 3000)),
        ]
      return [`a block of the type ${block.type}`]
    }),
  ],
  // https://discord.com/developers/docs/resources/message#embed-object-embed-limits: title 256, description 4096, footer
  // 2048, all texts of all embeds 6000; /resources/webhook#execute-webhook: content 2000, 10 embeds.
  discord({ content, embeds }) {
    const texts = embeds.flatMap(({ title = '', description = '', footer }: Body) => [title, description, footer.text])
    const total = texts.join('').length
    return [
      ...(content === undefined ? [] : outOf('content', content, 2000)),
      ...(embeds.length >= 1 && embeds.length <= 10 ? [] : [`${embeds.length} embeds`]),
      ...embeds.flatMap(({ title, description, footer }: Body) => [
        ...outOf('title', title, 256),
        ...(description === '' ? [] : outOf('description', description, 4096)),
        ...outOf('footer', footer.text, 2048),
      ]),
      ...(total <= 6000 ? [] : [`${total} characters in all embeds`]),
    ]
  },
  // https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using: 28 KB.
  teams: ({ attachments }, raw) => [
    ...(bytes(raw) <= 28 * 1024 ? [] : [`${bytes(raw)} bytes`]),
    ...(attachments.length === 1 ? [] : [`${attachments.length} attachments`]),
    ...attachments[0].content.body.flatMap(({ inlines }: Body) =>
      inlines.flatMap(({ text }: Body) => outOf('run', text, 28_000)),
    ),
  ],
  // https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: the body has 20 KB at most.
  feishu: (_, raw) => (bytes(raw) <= 20 * 1024 ? [] : [`${bytes(raw)} bytes`]),
  // https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages: a message has 20,000 bytes at most.
  dingtalk: (_, raw) => (bytes(raw) <= 20_000 ? [] : [`${bytes(raw)} bytes`]),
  // https://developer.work.weixin.qq.com/document/path/91770: the content of a text has 2048 bytes at most.
  wecom: ({ text }) => (bytes(text.content) <= 2048 ? [] : [`${bytes(text.content)} bytes`]),
}

const url = new URL('https://hooks.example/s3cret')

const usual = startMessage('m-1', manifestOf(dumpId), { dir: '/var/dumps', publicUrl: 'https://shop.example/debug' })

/** Texts that grow when they are escaped or encoded, or hold no place for a cut. Messages are free of control characters. */
const fillings = {
  stars: '*_~|<>[',
  quotes: '"\\',
  emoji: '👩‍👩‍👧‍👦',
  han: '长',

  markup: '&<!channel>',
  word: 'x',
}

function filled(filling: string, size: number, more: Partial<Message> = {}): Message {
  const text = (length: number) => filling.repeat(Math.ceil(length / filling.length)).slice(0, length)
  const labels = Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`label${at}`, text(Math.min(size, 1024))]))
  return {
    ...usual,
    headline: text(Math.min(size, 4000)),
    summary: Array.from({ length: 6 }, () => `${text(size)}.`).join(' '),
    dir: `/${text(Math.min(size, 4000))}`,
    trigger: { ...usual.trigger, reason: text(size) },
    process: { ...usual.process, host: text(Math.min(size, 255)), labels },
    ...more,
  }
}

describe.each(Object.keys(checkers) as (keyof typeof checkers)[])('the messages for %s', name => {
  it.each(Object.keys(fillings) as (keyof typeof fillings)[])('keep to its limits with %s', filling => {
    const variants: Partial<Message>[] = [
      {},
      { link: null },
      { type: 'episode.updated' },
      { type: 'episode.ended' },
      { summary: '' },
      { link: `https://shop.example/${'x'.repeat(1900)}` },
    ]
    for (const size of [1, 140, 3000, 50_000])
      for (const more of variants) {
        const { body } = formats[name].shape(filled(fillings[filling], size, more), { url })
        expect(checkers[name](JSON.parse(body), body)).toEqual([])
      }
  })

  it('would be found too long', () => {
    const { body } = formats[name].shape(usual, { url })
    const long = JSON.stringify(JSON.parse(body, (_, value) => (typeof value === 'string' ? value.repeat(900) : value)))
    expect(checkers[name](JSON.parse(long), long)).not.toEqual([])
  })
})
