import type { Config } from '#server/config/config.ts'
import type { Language } from '#server/mail/language.ts'
import { linkTo } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'

/** A piece of a letter: a paragraph, a code to type, a button that leads to a page of ours, or facts in two columns. */
export type Piece =
  | string
  | { code: string }
  | { button: string; path: string }
  | { facts: readonly (readonly [label: string, value: string])[] }

/** What a mail says, in one language. Names of people in it go through `nameInMail`. */
export type Letter = { subject: string; pieces: readonly Piece[] }

/** The mail of a letter, as plain text and as HTML that says the same. */
export function writeLetter(config: Config, to: string, language: Language, { subject, pieces }: Letter): Mail {
  return {
    to,
    subject,
    text: `${pieces.map(piece => asText(config, piece)).join('\n\n')}\n`,
    html: page(language, subject, pieces.map(piece => asHtml(config, piece)).join('\n')),
  }
}

function asText(config: Config, piece: Piece): string {
  if (typeof piece === 'string') return piece
  if ('code' in piece) return `    ${piece.code}`
  if ('button' in piece) return `${piece.button}: ${linkTo(config, piece.path)}`
  return piece.facts.map(([label, value]) => `${label}: ${value}`).join('\n')
}

function asHtml(config: Config, piece: Piece): string {
  if (typeof piece === 'string') return `<p>${escaped(piece)}</p>`
  if ('code' in piece)
    return `<p style="font:600 28px/1.2 monospace;letter-spacing:4px;margin:24px 0">${escaped(piece.code)}</p>`
  if ('button' in piece) {
    const style =
      'background:#1f5f8b;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none;display:inline-block'
    return `<p style="margin:24px 0"><a href="${escaped(linkTo(config, piece.path))}" style="${style}">${escaped(piece.button)}</a></p>`
  }
  const rows = piece.facts.map(
    ([label, value]) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#5c6670">${escaped(label)}</td><td>${escaped(value)}</td></tr>`,
  )
  return `<table role="presentation" cellpadding="0" cellspacing="0">${rows.join('')}</table>`
}

// No image and no style sheet: nothing in a mail of ours asks anybody's server for anything.
function page(language: Language, subject: string, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f4f6f8">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px;color:#1c2227;font:16px/1.5 system-ui,sans-serif">
${content}
</div>
</body>
</html>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!)
}
