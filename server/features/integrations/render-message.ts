import type { integrationKinds } from '#server/features/integrations/integration.ts'
import type { Part } from '#server/features/integrations/sentence.ts'

type Kind = (typeof integrationKinds)[number]
type Format = { plain(text: string): string; strong(text: string): string; link(text: string, url: string): string }

/** A sentence as the body that the tool takes. What people wrote cannot become markup, a mention or a link there. */
export function renderMessage(kind: Kind, parts: readonly Part[]): object {
  const text = parts.map(part => renderPart(formats[kind], part)).join('')
  if (kind !== 'teams') return { text }
  const card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body: [{ type: 'TextBlock', text, wrap: true }],
  }
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
  }
}

function renderPart({ plain, strong, link }: Format, part: Part): string {
  if (typeof part === 'string') return plain(part)
  if (!('link' in part)) return strong(plain(part.strong))
  const name = part.url ? link(plain(part.link), part.url) : plain(part.link)
  return part.strong ? `${name} ${strong(plain(part.strong))}` : name
}

// A zero-width space after @ keeps "@channel" from calling everybody.
const calm = (text: string) => text.replace(/[\r\n]+/g, ' ').replace(/@(?=\S)/g, '@\u200b')
const escapeMarkdown = (text: string) => calm(text).replace(/[\\`*_{}[\]()#+\-.!|~<>:]/g, '\\$&')

const formats: Record<Kind, Format> = {
  // https://docs.slack.dev/messaging/formatting-message-text#escaping; the marks of mrkdwn itself cannot be escaped.
  slack: {
    plain: text =>
      calm(text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[*_~`]/g, '$&\u200b'),
    strong: text => `*${text}*`,
    link: (text, url) => `<${url}|${text}>`,
  },
  mattermost: { plain: escapeMarkdown, strong: text => `**${text}**`, link: (text, url) => `[${text}](${url})` },
  teams: { plain: escapeMarkdown, strong: text => `**${text}**`, link: (text, url) => `[${text}](${url})` },
}
