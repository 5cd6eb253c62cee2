import { cut } from '../../../lib/text.js'
import { evidenceOf, headOf, sourceOf } from '../message.js'
import type { Format } from './format.js'

/**
 * Microsoft Teams: the Workflow "post to a channel when a webhook request is received", and the incoming webhooks of
 * old: https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using. Both
 * take an Adaptive Card in an attachment, 28 KB at most.
 *
 * All text is in `TextRun`s, in which markdown is not supported
 * (https://learn.microsoft.com/en-us/adaptive-cards/schema-explorer/text-run), so it needs no escaping. A mention needs
 * an entry of `msteams.entities`, and there is none.
 */
export const teams: Format = {
  shape(message) {
    const card = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.2',
      body: [
        paragraph({ text: cut(headOf(message), 200), weight: 'bolder', size: 'medium' }),
        ...evidenceOf(message).map(line => paragraph({ text: line })),
        paragraph({ text: cut(sourceOf(message), 2000), size: 'small', isSubtle: true }),
      ],
      ...(message.link !== null && {
        actions: [{ type: 'Action.OpenUrl', title: 'Open the dump', url: message.link }],
      }),
    }
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }
    return { body: JSON.stringify({ type: 'message', attachments: [attachment] }) }
  },
}

const paragraph = (...runs: { text: string; weight?: string; size?: string; isSubtle?: boolean }[]) => ({
  type: 'RichTextBlock',
  inlines: runs.map(run => ({ type: 'TextRun', ...run })),
})
