import { cleanLine, cleanText } from './clean-text.ts'

export type Checklist = { name: string; items: { text: string; done: boolean }[] }
export type Field = { name: string; value: string }
export type Link = { name: string; url: string }
export type DescriptionParts = { text: string; checklists: Checklist[]; fields: Field[]; links: Link[]; origin?: Link }

/** A task's description in Markdown: its own text, then checklists, a table of fields, and links. */
export function composeDescription({ text, checklists, fields, links, origin }: DescriptionParts): string {
  const allLinks = origin ? [...links, origin] : links
  const short = fields.filter(({ value }) => !isLong(value))
  const long = fields.filter(({ value }) => isLong(value))
  return [
    cleanText(text).trim(),
    ...checklists.filter(({ items }) => items.length > 0).map(writeChecklist),
    short.length > 0 ? writeTable(short) : '',
    ...long.map(({ name, value }) => `### ${cleanLine(name)}\n\n${cleanText(value).trim()}`),
    allLinks.length > 0 ? `### Links\n\n${allLinks.map(link => `- ${writeLink(link)}`).join('\n')}` : '',
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

const tableHead = '### Fields\n\n| Field | Value |\n| --- | --- |\n'

/** The description with further lines in its table of fields, which stands above the links. */
export function addFields(description: string, fields: Field[]): string {
  if (fields.length === 0) return description
  if (description.includes(tableHead)) return description.replace(tableHead, () => `${tableHead}${writeRows(fields)}\n`)
  const links = description.startsWith('### Links\n\n') ? 0 : description.lastIndexOf('\n\n### Links\n\n')
  const parts =
    links < 0 ? [description] : [description.slice(0, links), writeTable(fields), description.slice(links).trim()]
  return (links < 0 ? [...parts, writeTable(fields)] : parts).filter(part => part !== '').join('\n\n')
}

function writeChecklist({ name, items }: Checklist): string {
  const lines = items.map(({ text, done }) => `- [${done ? 'x' : ' '}] ${cleanLine(text)}`)
  return `### ${cleanLine(name) || 'Checklist'}\n\n${lines.join('\n')}`
}

function writeTable(fields: Field[]): string {
  return tableHead + writeRows(fields)
}

function writeRows(fields: Field[]): string {
  return fields.map(({ name, value }) => `| ${writeCell(name)} | ${writeCell(value)} |`).join('\n')
}

function writeCell(text: string): string {
  return cleanLine(text).replace(/\\/g, '\\\\').replace(/\|/g, '\\|')
}

/** Only web and mail addresses become links; a `javascript:` address stays as text that nobody can follow. */
export function writeLink({ name, url }: Link): string {
  const label = cleanLine(name || url).replace(/[[\]\\]/g, '\\$&')
  const address = cleanLine(url)
  if (!/^(https?:\/\/|mailto:)/i.test(address)) return `${label}: \`${address.replaceAll('`', "'")}\``
  return `[${label}](<${address.replace(/[<>\\]/g, encodeURIComponent)}>)`
}

function isLong(value: string): boolean {
  return value.trim().includes('\n') || value.length > 300
}
