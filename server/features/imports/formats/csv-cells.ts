import type { ImportTool } from '../import-plan.ts'
import { foldHeader } from './csv-headers.ts'
import type { CsvMapping } from './csv-mapping.ts'
import type { CsvTable } from './csv-table.ts'
import type { CsvTarget } from './csv-targets.ts'
import type { Who } from './people.ts'

export type Cell = { index: number; header: string; text: string }
export type RowCells = {
  row: number
  /** The cells that go to a target and are not empty, in the order of the columns. */
  of(target: CsvTarget): Cell[]
  first(target: CsvTarget): string
  /** The people in the columns of a target, each with the id or address of the column beside it. */
  people(target: CsvTarget): Who[]
}

/** Reads rows by target instead of by column. */
export function readCellsBy(mapping: CsvMapping, { headers }: CsvTable, emptyCells: string[] = []) {
  const byTarget = Map.groupBy(mapping.columns, ({ target }) => target)
  const details = pairDetails(mapping, headers)
  const empty = new Set(['', ...emptyCells])
  return ({ row, cells }: { row: number; cells: string[] }): RowCells => {
    const text = (index: number) => {
      const trimmed = cells[index]!.trim()
      return empty.has(trimmed) ? '' : trimmed
    }
    const all = (target: CsvTarget) =>
      (byTarget.get(target) ?? []).map(({ index, header }) => ({ index, header, text: text(index) }))
    const of = (target: CsvTarget) => all(target).filter(cell => cell.text !== '')
    return {
      row,
      of,
      first: target => of(target)[0]?.text ?? '',
      people: target =>
        all(target).flatMap(cell => {
          const detail = details.get(cell.index)
          const value = detail ? text(detail.index) : ''
          if (!detail || value === '') return splitPeople(cell.text, mapping.tool).map(name => ({ name }))
          return [{ name: cell.text, [detail.kind]: value }]
        }),
    }
  }
}

/** Splits a cell that holds several values: `a|b`, `[a, b]`, `a; b`, lines, else commas. */
export function splitList(text: string, tool: ImportTool): string[] {
  // Jira writes one value to a column, and repeats the column.
  if (tool === 'jira') return [text]
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text
  const separator = ['|', '\n', ';'].find(mark => inner.includes(mark)) ?? ','
  return inner
    .split(separator)
    .map(part => part.trim().replace(/^"(.*)"$/, '$1'))
    .filter(part => part !== '')
}

function splitPeople(text: string, tool: ImportTool): string[] {
  return text === '' ? [] : splitList(text, tool)
}

type Detail = { index: number; kind: 'id' | 'email' | 'username' }

/** `Watchers Id` belongs to `Watchers`, the second of each to each other, and `Assignee Email` to `Assignee`. */
function pairDetails({ columns }: CsvMapping, headers: string[]): Map<number, Detail> {
  const pairs = new Map<number, Detail>()
  const seen = new Map<string, number>()
  for (const { index } of columns.filter(({ target }) => target === 'personDetail')) {
    const folded = foldHeader(headers[index] ?? '')
    const [, base = '', word] = /^(.*) (id|email|e mail|username)$/.exec(folded) ?? []
    const nth = seen.get(folded) ?? 0
    seen.set(folded, nth + 1)
    const owner = columns.filter(column => foldHeader(column.header) === base)[nth]
    const kind = word === 'id' || word === 'username' ? word : 'email'
    if (owner) pairs.set(owner.index, { index, kind })
  }
  return pairs
}
