import {
  type ImportProblem,
  type ImportTool,
  importTools,
  type TaskPriority,
  type TaskStatus,
  taskPriorities,
  taskStatuses,
} from '../import-plan.ts'
import { type CsvTarget, csvTargets, isCsvTarget } from './csv-targets.ts'
import type { DateOrder } from './dates.ts'

/** What a person decides about a CSV file: plain JSON, which a form edits and posts back. */
export type CsvMapping = {
  tool: ImportTool
  columns: CsvColumnChoice[]
  statuses: StatusChoice[]
  priorities: PriorityChoice[]
  /** How `03/04/2024` is read. */
  dateOrder: DateOrder
  /** The project of the rows that name none. */
  projectName: string
}
export type CsvColumnChoice = { index: number; header: string; target: CsvTarget }
export type StatusChoice = { from: string; to: TaskStatus }
export type PriorityChoice = { from: string; to: TaskPriority }

/** Reads a mapping that came from outside, and says what in it does not fit this file. */
export function readCsvMapping(given: unknown, headers: string[]): { mapping?: CsvMapping; problems: ImportProblem[] } {
  if (!isObject(given)) return { problems: [{ message: 'The mapping is not an object.' }] }
  const columns = Array.isArray(given.columns) ? given.columns : []
  const problems = columns.flatMap(column => checkColumn(column, headers))
  if (columns.length === 0) problems.push({ message: 'The mapping names no columns.' })
  const statuses = readChoices(given.statuses, taskStatuses, 'status', problems)
  const priorities = readChoices(given.priorities, taskPriorities, 'priority', problems)
  const dateOrder = given.dateOrder ?? 'dmy'
  if (dateOrder !== 'dmy' && dateOrder !== 'mdy')
    problems.push({ message: 'The mapping\'s dateOrder is "dmy" or "mdy".' })
  const seen = new Set<unknown>()
  for (const { index } of columns.filter(isObject)) {
    if (seen.has(index)) problems.push({ message: `The mapping names column ${String(index)} twice.` })
    seen.add(index)
  }
  if (problems.length === 0 && !columns.some(column => column.target === 'title')) problems.push(noTitle)
  if (problems.length > 0) return { problems }
  return {
    problems,
    mapping: {
      tool: importTools.find(tool => tool === given.tool) ?? 'csv',
      columns: columns as CsvColumnChoice[],
      statuses,
      priorities,
      dateOrder: dateOrder as DateOrder,
      projectName: typeof given.projectName === 'string' ? given.projectName : '',
    },
  }
}

export const noTitle: ImportProblem = { message: 'No column holds the titles of the tasks: choose one as "title".' }

function checkColumn(column: unknown, headers: string[]): ImportProblem[] {
  if (!isObject(column)) return [{ message: 'A column of the mapping is not an object.' }]
  const { index, header, target } = column
  if (typeof index !== 'number' || headers[index] === undefined) {
    return [{ message: `The mapping names column ${String(index)}, and the file has ${headers.length} columns.` }]
  }
  if (header !== headers[index]) {
    const message = `The mapping calls column ${index} "${String(header)}"; in the file it is "${headers[index]}".`
    return [{ column: headers[index], message }]
  }
  if (isCsvTarget(target)) return []
  const message = `The mapping sends the column to "${String(target)}"; it may go to ${Object.keys(csvTargets).join(', ')}.`
  return [{ column: headers[index], message }]
}

function readChoices<To extends string>(
  given: unknown,
  allowed: readonly To[],
  what: string,
  problems: ImportProblem[],
): { from: string; to: To }[] {
  if (given === undefined) return []
  const list = Array.isArray(given) ? given : [given]
  if (list.length > 1_000) problems.push({ message: `The mapping names more than 1,000 kinds of ${what}.` })
  return list.slice(0, 1_000).flatMap(choice => {
    const to = isObject(choice) && typeof choice.from === 'string' ? allowed.find(one => one === choice.to) : undefined
    if (to) return [{ from: choice.from as string, to }]
    problems.push({ message: `The mapping's ${what} ${JSON.stringify(choice)} is not one of ${allowed.join(', ')}.` })
    return []
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
