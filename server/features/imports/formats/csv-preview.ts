import type { ImportProblem, ImportTool, TaskPriority, TaskStatus } from '../import-plan.ts'
import { cutText } from './clean-text.ts'
import { foldHeader, readHeader } from './csv-headers.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { noTitle } from './csv-mapping.ts'
import { suggestPriorities, suggestStatuses } from './csv-suggest-words.ts'
import type { CsvTable } from './csv-table.ts'
import { type CsvTarget, dateTargets, singleTargets } from './csv-targets.ts'
import { type CsvTool, detectCsvTool, toolTarget } from './csv-tools.ts'
import { isNumericDate, proveDateOrder, readDate, readDateRange } from './dates.ts'
import { readDuration, unitOfHeader } from './durations.ts'

/** What a form shows before an import. `mapping` is the suggestion, to be posted back as it is or edited. */
export type CsvPreview = {
  tool: ImportTool
  columns: CsvColumnPreview[]
  rowCount: number
  statuses: (WordPreview & { to: TaskStatus })[]
  priorities: (WordPreview & { to: TaskPriority })[]
  /** 'unsure' where days and months cannot be told apart: ask. */
  dateOrder: { order: 'dmy' | 'mdy'; sure: boolean }
  warnings: string[]
  problems: ImportProblem[]
  mapping: CsvMapping
}
export type CsvColumnPreview = { index: number; header: string; target: CsvTarget; filled: number; samples: string[] }
/** One word of the file; `sure` is false where Kontor guesses. */
export type WordPreview = { from: string; count: number; sure: boolean }

type Column = { index: number; header: string; values: string[]; target: CsvTarget }

export function suggestCsv(table: CsvTable, projectName: string): CsvPreview {
  const samples = table.rows.slice(0, 200).flatMap(({ cells }) => cells)
  const tool = detectCsvTool(table.headers, samples)
  const columns = suggestColumns(table, tool)
  const dateOrder = suggestDateOrder(columns)
  const warnings = keepPlausible(columns, dateOrder.order, tool)
  if (table.encoding === 'windows-1252') warnings.push('The file is not UTF-8: it was read as Windows-1252.')
  if (!dateOrder.sure) {
    warnings.push('Dates such as 03/04/2024 are read as day/month/year; nothing in the file proves which it is.')
  }
  const statuses = suggestStatuses(table, columns, tool)
  const priorities = suggestPriorities(columns, tool)
  for (const { from, sure, to } of [...statuses, ...priorities]) {
    if (!sure) warnings.push(`"${cutText(from, 60)}" is not a word that Kontor knows: it becomes ${to}.`)
  }
  return {
    tool: tool.tool,
    columns: columns.map(({ index, header, target, values }) => {
      return { index, header, target, filled: values.length, samples: sampleOf(values) }
    }),
    rowCount: table.rows.length,
    statuses,
    priorities,
    dateOrder,
    warnings,
    problems: columns.some(({ target }) => target === 'title') ? [] : [noTitle],
    mapping: {
      tool: tool.tool,
      columns: columns.map(({ index, header, target }) => ({ index, header, target })),
      statuses: statuses.map(({ from, to }) => ({ from, to })),
      priorities: priorities.map(({ from, to }) => ({ from, to })),
      dateOrder: dateOrder.order,
      projectName,
    },
  }
}

function suggestColumns({ headers, rows }: CsvTable, tool: CsvTool): Column[] {
  const columns = headers.map((header, index) => {
    const folded = foldHeader(header)
    const own = toolTarget(tool, folded)
    const general = readHeader(folded)
    const values = rows.map(({ cells }) => cells[index]!.trim()).filter(value => value !== '')
    return { index, header, values, target: own ?? general?.target ?? 'field', rank: own ? -1 : (general?.rank ?? 0) }
  })
  for (const target of singleTargets) {
    const wanted = columns.filter(column => column.target === target)
    const rank = Math.min(...wanted.map(column => column.rank))
    const best = wanted.find(column => column.rank === rank)
    // The tool's own columns and repeated headers may share a target: the first that is filled counts.
    for (const column of wanted) if (column !== best && column.rank !== -1) column.target = 'field'
  }
  if (!columns.some(({ target }) => target === 'title') && columns[0] && columns.length === 1)
    columns[0].target = 'title'
  return columns
}

function suggestDateOrder(columns: Column[]): CsvPreview['dateOrder'] {
  const numeric = columns
    .filter(({ target }) => dateTargets.has(target))
    .flatMap(({ values }) => values.filter(isNumericDate))
  const proofs = new Set(numeric.map(proveDateOrder))
  if (numeric.length === 0) return { order: 'dmy', sure: true }
  // A full stop between the numbers is European everywhere.
  if (numeric.every(value => /^\s*\d+\./.test(value))) return { order: 'dmy', sure: true }
  const sure = proofs.has('dmy') !== proofs.has('mdy')
  return { order: sure && proofs.has('mdy') ? 'mdy' : 'dmy', sure }
}

/** A column that is called "Estimate" and holds T-shirt sizes is a field. The tools' own columns are taken at their word. */
function keepPlausible(columns: Column[], order: 'dmy' | 'mdy', tool: CsvTool): string[] {
  return columns.flatMap(column => {
    const { target, values, header } = column
    const reads = plausible(target, { order, header, tool })
    if (!reads || values.length === 0) return []
    if (values.filter(value => tool.emptyCells?.includes(value) || reads(value)).length * 2 >= values.length) return []
    column.target = 'field'
    return [
      `"${header}" looks like ${target === 'estimate' || target === 'timeSpent' ? 'a duration' : 'a date'} and is not: it stays a field.`,
    ]
  })
}

function plausible(
  target: CsvTarget,
  { order, header, tool }: { order: 'dmy' | 'mdy'; header: string; tool: CsvTool },
): ((value: string) => boolean) | undefined {
  const reading = { order, zone: 'UTC' }
  if (dateTargets.has(target))
    return value => readDateRange(value, reading) !== undefined || readDate(value, reading) !== undefined
  const unit = tool.durationUnit ?? unitOfHeader(header)
  return target === 'estimate' || target === 'timeSpent' ? value => readDuration(value, unit) !== undefined : undefined
}

function sampleOf(values: string[]): string[] {
  return [...new Set(values.slice(0, 500))].slice(0, 3).map(value => cutText(value, 120))
}
