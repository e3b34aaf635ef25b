import type { TaskPriority, TaskStatus } from '../import-plan.ts'
import { cutText } from './clean-text.ts'
import type { WordPreview } from './csv-preview.ts'
import type { CsvTable } from './csv-table.ts'
import type { CsvTarget } from './csv-targets.ts'
import type { CsvTool } from './csv-tools.ts'
import { readPriority } from './priority-words.ts'
import { readStatus } from './status-words.ts'

type Column = { index: number; target: CsvTarget; values: string[] }

const wordsListed = 200

/** The words of the status column with what they would become. Jira's status category helps with its own words. */
export function suggestStatuses(
  table: CsvTable,
  columns: Column[],
  { tool }: CsvTool,
): (WordPreview & { to: TaskStatus })[] {
  const codes = tool === 'ticktick' ? readTickTickCodes(table.preamble) : undefined
  const categories = readCategories(table, columns)
  return countWords(columns.filter(({ target }) => target === 'status')).map(({ from, count }) => {
    const word = codes?.get(from) ?? from
    const read = readStatus(word)
    if (read?.exact) return { from, count, to: read.status, sure: true }
    const category = readStatus(categories.get(from) ?? '')
    // "Ready for QA" says more than its category "In Progress", as long as both are open or both are not.
    if (read && (!category || isOpen(read.status) === isOpen(category.status))) {
      return { from, count, to: read.status, sure: true }
    }
    return { from, count, to: category?.status ?? 'todo', sure: category !== undefined }
  })
}

export function suggestPriorities(columns: Column[], { tool }: CsvTool): (WordPreview & { to: TaskPriority })[] {
  return countWords(columns.filter(({ target }) => target === 'priority')).map(({ from, count }) => {
    const to = numbered[tool]?.[from] ?? readPriority(from)
    return { from, count, to: to ?? 'none', sure: to !== undefined }
  })
}

/** Todoist's 1 is its p1, the highest; ClickUp counts the same way; TickTick counts up. */
const numbered: Partial<Record<string, Record<string, TaskPriority>>> = {
  todoist: { 1: 'urgent', 2: 'high', 3: 'medium', 4: 'none' },
  clickup: { 1: 'urgent', 2: 'high', 3: 'medium', 4: 'low' },
  ticktick: { 0: 'none', 1: 'low', 3: 'medium', 5: 'high' },
  linear: { 0: 'none', 1: 'urgent', 2: 'high', 3: 'medium', 4: 'low' },
}

/** TickTick explains its codes above the header, and they changed between versions: `2 Completed`, once `1 Completed`. */
function readTickTickCodes(preamble: string[]): Map<string, string> {
  const known = new Map([
    ['0', 'Normal'],
    ['1', 'Completed'],
    ['2', 'Completed'],
    ['-1', 'Abandoned'],
  ])
  const lines = preamble.flatMap(cell => cell.split('\n'))
  for (const line of lines) {
    const [, code, word] = /^\s*(-?\d+)\s+(\p{L}+)\s*$/u.exec(line) ?? []
    if (code && word) known.set(code, word)
  }
  return known
}

function readCategories({ rows }: CsvTable, columns: Column[]): Map<string, string> {
  const status = columns.find(({ target }) => target === 'status')
  const category = columns.find(({ target }) => target === 'statusCategory')
  if (!status || !category) return new Map()
  return new Map(rows.map(({ cells }) => [cells[status.index]!.trim(), cells[category.index]!.trim()]))
}

function countWords(columns: Column[]): { from: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of columns.flatMap(({ values }) => values)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const words = [...counts].map(([from, count]) => ({ from: cutText(from, 300), count }))
  return words.sort((a, b) => b.count - a.count).slice(0, wordsListed)
}

function isOpen(status: TaskStatus): boolean {
  return status !== 'done' && status !== 'cancelled'
}
