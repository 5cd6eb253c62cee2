/** The message shapes that are known. `lark` is another name for `feishu`. */
export const webhookFormats = ['json', 'slack', 'discord', 'teams', 'feishu', 'lark', 'dingtalk', 'wecom'] as const

export type WebhookFormat = (typeof webhookFormats)[number]

/** Where messages are posted. */
export interface WebhookOptions {
  /** `http:` or `https:`. It is a secret for most services, so nothing but its host is ever logged or shown. */
  url: string
  /** @default that of the service, by the host of `url`; else `json` */
  format?: WebhookFormat
  /** Signs the messages, for the formats `json`, `feishu` and `dingtalk`. */
  secret?: string
  /** Sent with each request, e.g. `{ authorization: 'Bearer …' }`. */
  headers?: Record<string, string>
  /** Milliseconds that one attempt may take, 100 to 60,000. @default 10,000 */
  timeout?: number
}

export interface NotifyOptions {
  /** One or more, 16 at most. */
  webhook: string | WebhookOptions | (string | WebhookOptions)[]
  /** Where the admin routes can be reached by who reads the message, e.g. `https://shop.example/debug/autodump`. */
  publicUrl?: string
  /**
   * An episode is over when nothing of it has been seen for so many milliseconds, 1000 to 86,400,000; until then its
   * further dumps make no message. @default 300,000
   */
  quiet?: number
}

export interface ResolvedWebhook {
  url: string
  format: Exclude<WebhookFormat, 'lark'>
  secret: string | null
  headers: Record<string, string>
  timeout: number
}

export interface ResolvedNotify {
  webhooks: ResolvedWebhook[]
  publicUrl: string | null
  quiet: number
}
