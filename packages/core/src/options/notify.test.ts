import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { NotifyOptions } from '../model/notify-options.js'
import { notifyErrors } from './notify.js'
import { resolveOptions } from './options.js'

const hook = 'https://hooks.slack.com/services/T0/B0/s3cret'

const formatOf = (webhook: NotifyOptions['webhook']) =>
  resolveOptions({ notify: { webhook } }).notify?.webhooks[0]?.format

const fieldsOf = (notify: unknown) => notifyErrors(notify).map(({ field }) => field)

describe('the option notify', () => {
  it('takes a URL, an object, or several of both', () => {
    const notify: NotifyOptions = { webhook: [hook, { url: 'http://box:1/x', secret: 's', timeout: 500 }], quiet: 1000 }
    expect(resolveOptions({ notify }).notify).toEqual({
      webhooks: [
        { url: hook, format: 'slack', secret: null, headers: {}, timeout: 10_000 },
        { url: 'http://box:1/x', format: 'json', secret: 's', headers: {}, timeout: 500 },
      ],
      publicUrl: null,
      quiet: 1000,
    })
    expect(resolveOptions().notify).toBeNull()
  })

  it.each([
    [hook, 'slack'],
    ['https://discord.com/api/webhooks/1/x', 'discord'],
    ['https://canary.discord.com/api/webhooks/1/x', 'discord'],
    ['https://acme.webhook.office.com/webhookb2/x', 'teams'],
    ['https://prod-1.westeurope.logic.azure.com/workflows/x?sig=x', 'teams'],
    ['https://d1.14.environment.api.powerplatform.com/powerautomate/x?sig=x', 'teams'],
    ['https://open.feishu.cn/open-apis/bot/v2/hook/x', 'feishu'],
    ['https://open.larksuite.com/open-apis/bot/v2/hook/x', 'feishu'],
    ['https://oapi.dingtalk.com/robot/send?access_token=x', 'dingtalk'],
    ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x', 'wecom'],
    ['https://hooks.slack.com.evil.example/x', 'json'],
    ['https://notdiscord.com/x', 'json'],
  ])('knows the service by its host: %s', (url, format) => {
    expect(formatOf(url)).toBe(format)
  })

  it('lets the format be said, and knows Lark by both names', () => {
    expect(formatOf({ url: hook, format: 'json' })).toBe('json')
    expect(formatOf({ url: 'http://proxy/x', format: 'lark' })).toBe('feishu')
  })

  it('names every invalid field', () => {
    expect(fieldsOf(7)).toEqual(['notify'])
    expect(fieldsOf({})).toEqual(['notify.webhook'])
    expect(fieldsOf({ webhook: [] })).toEqual(['notify.webhook'])
    expect(fieldsOf({ webhook: hook, quiet: 1, publicUrl: '/debug', more: 1 })).toEqual([
      'notify.more',
      'notify.quiet',
      'notify.publicUrl',
    ])
    expect(
      fieldsOf({
        webhook: [
          'ftp://x/y',
          { url: 'https://u:p@x/y' },
          { url: hook, secret: 's' },
          { url: 'http://x/y', format: 'smoke', timeout: 1, retries: 3, secret: '' },
          { url: 'http://x/y', headers: { 'content-length': '1', 'a b': 'x', ok: 'a\nb', num: 1, fine: 'x' } },
          null,
        ],
      }),
    ).toEqual([
      'notify.webhook.0',
      'notify.webhook.1.url',
      'notify.webhook.2.secret',
      'notify.webhook.3.retries',
      'notify.webhook.3.format',
      'notify.webhook.3.secret',
      'notify.webhook.3.timeout',
      'notify.webhook.4.headers.num',
      'notify.webhook.4.headers.content-length',
      'notify.webhook.4.headers.a b',
      'notify.webhook.4.headers.ok',
      'notify.webhook.5',
    ])
  })

  it('names rule and value too', () => {
    const said = (notify: unknown) => notifyErrors(notify).map(({ field, message }) => `${field} ${message}`)
    expect(said({ webhook: { url: hook, timeout: 1 }, quiet: 999.5 })).toEqual([
      'notify.quiet must be integer, got 999.5',
      'notify.webhook.timeout must be >= 100, got 1',
    ])
    expect(said({ webhook: { url: 7 } })).toEqual(['notify.webhook.url must be string, got 7'])
    expect(said({ webhook: {} })).toEqual(['notify.webhook must have the field url'])
    expect(said({ webhook: `https://x.example/${'a'.repeat(4096)}` })).toEqual([
      'notify.webhook must NOT have more than 4096 characters, got a value that is not shown',
    ])
  })

  it('shows no secret in what it says', () => {
    const url = 'https://user:s3cret@hooks.slack.com/services/s3cret'
    const webhook = { url, secret: ['s3cret'], headers: { authorization: 's3cret\n' }, format: 's3cret' }
    const notify = { webhook, publicUrl: 'ftp://s3cret' } as never
    let thrown: unknown
    try {
      resolveOptions({ notify })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AutodumpError)
    expect((thrown as AutodumpError).errors.length).toBeGreaterThanOrEqual(5)
    expect(JSON.stringify([thrown, (thrown as Error).message])).not.toContain('s3cret')
  })
})
