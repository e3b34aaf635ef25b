import type { Config } from '#server/config/config.ts'
import type { Language } from '#server/mail/language.ts'
import { linkTo, originOf } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'
import { oneLine } from '#server/mail/one-line.ts'

/**
 * A piece of a letter: a paragraph, a code to type, a button that leads to a page of ours, facts in two columns, links
 * with what there is to say of each, or small print with a link.
 */
export type Piece =
  | string
  | { code: string }
  | { button: string; path: string }
  | { facts: readonly (readonly [label: string, value: string])[] }
  | { links: readonly { label: string; path: string; lines: readonly string[] }[] }
  | { small: string; label: string; path: string }

/** What a mail says, in one language. Names of people in it go through `nameInMail`. */
export type Letter = { subject: string; pieces: readonly Piece[] }

/** The mail of a letter, as plain text and as HTML that says the same. */
export function writeLetter(config: Config, to: string, language: Language, { subject, pieces }: Letter): Mail {
  const text = pieces.map(piece => asText(config, language, piece)).join('\n\n')
  const html = pieces.map(piece => asHtml(config, piece)).join('\n')
  return {
    to,
    language,
    subject: oneLine(subject, 200),
    text: `${text}\n\n-- \nKontor, ${originOf(config)}\n`,
    html: page(config, language, subject, html),
  }
}

function asText(config: Config, language: Language, piece: Piece): string {
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  if (typeof piece === 'string') return piece
  if ('code' in piece) return `    ${piece.code}`
  if ('button' in piece) return `${piece.button}${colon}${linkTo(config, piece.path)}`
  if ('links' in piece)
    return piece.links
      .map(({ label, path, lines }) =>
        [label, ...lines.map(line => `  - ${line}`), `  ${linkTo(config, path)}`].join('\n'),
      )
      .join('\n\n')
  if ('small' in piece) return `${piece.small}\n${piece.label}${colon}${linkTo(config, piece.path)}`
  return piece.facts.map(([label, value]) => `${label}${colon}${value}`).join('\n')
}

// Each rule stands in the element itself, because many mail programs drop style sheets.
function asHtml(config: Config, piece: Piece): string {
  if (typeof piece === 'string') return `<p style="margin:0 0 16px">${escaped(piece)}</p>`
  if ('code' in piece) {
    const style = 'margin:24px 0;font-family:Menlo,Consolas,monospace;font-size:28px;font-weight:600;letter-spacing:4px'
    return `<p style="${style}">${escaped(piece.code)}</p>`
  }
  if ('button' in piece) return button(piece.button, linkTo(config, piece.path))
  if ('links' in piece) return piece.links.map(link => linkWithLines(config, link)).join('\n')
  if ('small' in piece) {
    const link = `<a class="faint" href="${escaped(linkTo(config, piece.path))}" style="color:#5c6670">${escaped(piece.label)}</a>`
    return `<p class="faint" style="margin:24px 0 0;font-size:13px;color:#5c6670">${escaped(piece.small)} ${link}</p>`
  }
  const rows = piece.facts.map(
    ([label, value]) =>
      `<tr><td class="faint" valign="top" style="padding:2px 16px 2px 0;color:#5c6670">${escaped(label)}</td>` +
      `<td valign="top" style="padding:2px 0">${escaped(value)}</td></tr>`,
  )
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">${rows.join('')}</table>`
}

function linkWithLines(
  config: Config,
  { label, path, lines }: { label: string; path: string; lines: readonly string[] },
): string {
  const link = `<a class="link" href="${escaped(linkTo(config, path))}" style="color:#1f5f8b;font-weight:600;text-decoration:none">${escaped(label)}</a>`
  const said = lines.map(line => `<br><span class="faint" style="font-size:14px;color:#5c6670">${escaped(line)}</span>`)
  return `<p style="margin:0 0 16px;word-break:break-word">${link}${said.join('')}</p>`
}

// A cell with a colour, which Outlook paints too; the address below is for those whose program shows no links.
function button(label: string, link: string): string {
  const style = 'display:inline-block;padding:12px 20px;color:#ffffff;font-weight:600;text-decoration:none'
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 8px"><tr>
<td class="button" bgcolor="#1f5f8b" style="border-radius:6px;background-color:#1f5f8b"><a href="${escaped(link)}" style="${style}">${escaped(label)}</a></td>
</tr></table>
<p class="faint" style="margin:0 0 24px;font-size:13px;color:#5c6670;word-break:break-all">${escaped(link)}</p>`
}

// No image, font or style sheet from anywhere: to open a mail of ours tells nobody that it was opened.
function page(config: Config, language: Language, subject: string, content: string): string {
  const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5"
  return `<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escaped(oneLine(subject, 200))}</title>
<style>${darkRules}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f4f6f8">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f4f6f8" style="background-color:#f4f6f8"><tr><td align="center" style="padding:24px 12px">
<table class="card" role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:100%;max-width:560px;border-radius:8px;background-color:#ffffff"><tr><td class="words" align="left" style="padding:32px;color:#1c2227;${font}">
${content}
</td></tr></table>
<p class="faint" style="margin:16px 0 0;color:#5c6670;${font};font-size:13px">Kontor · ${escaped(new URL(originOf(config)).host)}</p>
</td></tr></table>
</body>
</html>
`
}

// For programs that follow the system; those that know no dark mode leave the rules out.
const darkRules = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background-color:#14181c!important}
.card{background-color:#1e2429!important}
.words{color:#e8ecef!important}
.faint{color:#a3adb6!important}
.link{color:#7db8e0!important}
.button{background-color:#2a76aa!important}
}`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!)
}
