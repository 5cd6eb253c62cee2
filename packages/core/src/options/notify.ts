import { notifyDefaults, webhookDefaults } from '../generated/option-types.js'
import { isMessageOptions, isWebhookOptions } from '../generated/option-validators.js'
import type { FieldError } from '../lib/errors.js'
import { validateHeaderName, validateHeaderValue } from '../lib/node-http.js'
import { type Compiled, describeErrors } from '../lib/validate.js'
import type { NotifyOptions, ResolvedNotify, ResolvedWebhook, WebhookFormat } from '../model/notify-options.js'
import { isObject, kindOf, urlError } from './checks.js'

const maxWebhooks = 16

const signedFormats: WebhookFormat[] = ['json', 'feishu', 'lark', 'dingtalk']

/** Hosts that tell which service it is: the name itself, or with a dot in front all names below it. */
const knownHosts: [string, ResolvedWebhook['format']][] = [
  ['hooks.slack.com', 'slack'],
  ['slack.com', 'slack'],
  ['slack-gov.com', 'slack'],
  ['hooks.slack-gov.com', 'slack'],
  ['discord.com', 'discord'],
  ['.discord.com', 'discord'],
  ['discordapp.com', 'discord'],
  ['.webhook.office.com', 'teams'],
  ['.logic.azure.com', 'teams'],
  ['.api.powerplatform.com', 'teams'],
  ['open.feishu.cn', 'feishu'],
  ['open.larksuite.com', 'feishu'],
  ['oapi.dingtalk.com', 'dingtalk'],
  ['qyapi.weixin.qq.com', 'wecom'],
]

function guessFormat(hostname: string): ResolvedWebhook['format'] {
  const known = knownHosts.find(([name]) => (name.startsWith('.') ? hostname.endsWith(name) : hostname === name))
  return known?.[1] ?? 'json'
}

/** With every default filled in, for options that `notifyErrors` has nothing against. */
export function resolveNotify({ webhook, publicUrl, quiet = notifyDefaults.quiet }: NotifyOptions): ResolvedNotify {
  const webhooks = [webhook].flat().map((given): ResolvedWebhook => {
    const {
      url,
      format,
      secret,
      headers = {},
      timeout = webhookDefaults.timeout,
    } = typeof given === 'string' ? { url: given } : given
    const shape = format === 'lark' ? 'feishu' : format
    return { url, format: shape ?? guessFormat(new URL(url).hostname), secret: secret ?? null, headers, timeout }
  })
  return { webhooks, publicUrl: publicUrl === undefined ? null : publicUrl.replace(/\/+$/, ''), quiet }
}

/** The faults of the option `notify`: its schemas, and the rules that a schema cannot say. */
export function notifyErrors(notify: unknown): FieldError[] {
  if (notify === undefined) return []
  if (!isObject(notify)) return [{ field: 'notify', message: `must be an object, got ${kindOf(notify)}` }]
  const { webhook, ...rest } = notify
  const errors = schemaErrors(isMessageOptions, rest, 'notify')
  if (typeof rest.publicUrl === 'string') errors.push(...urlErrors('notify.publicUrl', rest.publicUrl))
  const list = Array.isArray(webhook) ? webhook : [webhook]
  if (list.length === 0 || list.length > maxWebhooks)
    errors.push({ field: 'notify.webhook', message: `must be 1 to ${maxWebhooks} webhooks, got ${list.length}` })
  list.forEach((one, index) => {
    errors.push(...webhookErrors(Array.isArray(webhook) ? `notify.webhook.${index}` : 'notify.webhook', one))
  })
  return errors
}

function webhookErrors(field: string, webhook: unknown): FieldError[] {
  if (typeof webhook === 'string')
    return webhookErrors(field, { url: webhook }).map(({ message }) => ({ field, message }))
  if (!isObject(webhook)) return [{ field, message: `must be a URL or an object with a url, got ${kindOf(webhook)}` }]
  const { url, format, secret, headers } = webhook
  return [
    ...schemaErrors(isWebhookOptions, webhook, field),
    ...(typeof url === 'string' ? urlErrors(`${field}.url`, url) : []),
    ...(typeof secret === 'string' && secret !== '' ? signatureErrors(`${field}.secret`, url, format) : []),
    ...(isObject(headers) ? headersErrors(`${field}.headers`, headers) : []),
  ]
}

/** Every text may be a secret, or have one in it: the URL of a webhook is one. */
function schemaErrors(validate: Compiled, given: Record<string, unknown>, within: string): FieldError[] {
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return validate(fields) ? [] : describeErrors(validate.errors, fields, { within, isSecret: () => true })
}

function signatureErrors(field: string, url: unknown, format: unknown): FieldError[] {
  const shape = (format ?? guessFormat(parse(url)?.hostname ?? '')) as WebhookFormat
  if (signedFormats.includes(shape)) return []
  return [{ field, message: `is of no use: only ${signedFormats.join(', ')} are signed, and the format is ${shape}` }]
}

function headersErrors(field: string, headers: Record<string, unknown>): FieldError[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const message = headerError(name, value)
    return message ? [{ field: `${field}.${name}`, message }] : []
  })
}

/** Ours, and those that say where a message ends. */
const reservedHeaders = /^(?:host|content-length|content-type|transfer-encoding|connection|expect|autodump-.*)$/i

function headerError(name: string, value: unknown): string | undefined {
  if (reservedHeaders.test(name)) return 'is a header that autodump sets itself'
  if (typeof value !== 'string') return undefined
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    return 'is not a valid HTTP header'
  }
  return undefined
}

function urlErrors(field: string, text: string): FieldError[] {
  const message = urlError(text, 'headers', true)
  return message ? [{ field, message }] : []
}

function parse(url: unknown): URL | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
}
