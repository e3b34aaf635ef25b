import type { AuditEvent, Change } from '#server/features/audit/audit-event.ts'

// A spreadsheet reads this file: RFC 4180, in UTF-8 with the mark by which it is recognised as that.
// https://owasp.org/www-community/attacks/CSV_Injection

const columns = {
  index: (_, index) => String(index),
  id: event => event.id,
  at: event => event.at,
  action: event => event.action,
  entity: event => event.entity,
  entityId: event => event.entityId,
  taskId: event => event.taskId,
  projectId: event => event.projectId,
  memberId: event => event.memberId,
  memberName: event => event.memberName,
  tokenId: event => event.tokenId,
  tokenName: event => event.tokenName,
  job: event => event.job,
  requestId: event => event.requestId,
  address: event => event.address,
  reason: event => event.reason,
  erased: event => event.erased.join(' '),
  changes: event => describeChanges(event.changes),
} as const satisfies Record<string, (event: AuditEvent, index: number) => string | null>

/** The line of the columns' names, after the byte order mark. */
export const csvHead = `\ufeff${[...Object.keys(columns), 'changesJson'].map(quote).join(',')}\r\n`

/** An event as one line; no cell of it is a formula to a spreadsheet, whatever people called their things. */
export function csvLine(index: number, event: AuditEvent): string {
  const cells = Object.values(columns).map(read => quote(toCell(read(event, index) ?? '')))
  return `${[...cells, quote(toJsonCell(event.changes))].join(',')}\r\n`
}

// Where a cell begins for a program that splits at another sign than the comma, and does not know our quotes.
const formula = '=+\\-@\\t\\r\uff1d\uff0b\uff0d\uff20'
const atStart = new RegExp(`^[\\s"']*[${formula}]`)
const afterSeparator = new RegExp(`([;|\\t\\n\\r])(?=[\\s"']*[${formula}])`, 'g')
// Control characters, line separators, and what turns the direction of text around, are shown and do nothing.
const invisible = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu
const shown: Record<string, string> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Text that a spreadsheet takes for text: an apostrophe stands where a formula would begin. */
export function toCell(text: string): string {
  const guarded = text.replace(afterSeparator, "$1'")
  const visible = guarded.replace(invisible, sign => shown[sign] ?? spellOut(sign))
  return atStart.test(text) ? `'${visible}` : visible
}

// JSON has a spelling of its own for any sign, so nothing is lost here: programs read this column.
function toJsonCell(changes: AuditEvent['changes']): string {
  return JSON.stringify(changes)
    .replace(invisible, spellOut)
    .replace(
      /([;|][\s"'\\]*)([=+\-@\uff1d\uff0b\uff0d\uff20])/g,
      (_, before: string, sign: string) => before + spellOut(sign),
    )
}

function describeChanges(changes: AuditEvent['changes']): string {
  return Object.entries(changes)
    .map(([field, change]) => `${field}: ${describe(change)}`)
    .join(' · ')
}

function describe({ from, to, fromName, toName, erased }: Change): string {
  if (erased !== undefined) return '(erased)'
  return `${spell(from, fromName)} → ${spell(to, toName)}`
}

function spell(value: unknown, name: string | null | undefined): string {
  if (value === null || value === undefined) return '(none)'
  if (typeof name === 'string') return `“${name}”`
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
}

function spellOut(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
