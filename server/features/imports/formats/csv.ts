import { type ImportPlan, type ImportTool, importTools } from '../import-plan.ts'
import { readCellsBy } from './csv-cells.ts'
import { type CsvMapping, readCsvMapping } from './csv-mapping.ts'
import { linkParents } from './csv-parents.ts'
import { type CsvPreview, suggestCsv } from './csv-preview.ts'
import { draftRows } from './csv-rows.ts'
import { type CsvTable, readCsvTable } from './csv-table.ts'
import { detectCsvTool } from './csv-tools.ts'
import { homeZone } from './dates.ts'
import { emptyPlan, planBuilder } from './plan-builder.ts'
import { ImportRefused } from './refused.ts'

/** What the file holds and where each column would go. A file that cannot be read has `problems` and no columns. */
export function previewCsv(bytes: Uint8Array, fileName = ''): CsvPreview {
  try {
    return suggestCsv(readCsvTable(bytes), nameOfFile(fileName))
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    const mapping: CsvMapping = {
      ...{ tool: 'csv', columns: [], statuses: [], priorities: [] },
      ...{ dateOrder: 'dmy', projectName: nameOfFile(fileName) },
    }
    const nothing = { columns: [], rowCount: 0, statuses: [], priorities: [], warnings: [] }
    return { tool: 'csv', ...nothing, dateOrder: { order: 'dmy', sure: true }, problems: error.problems, mapping }
  }
}

/** The plan of a CSV file. Without a mapping, the suggested one is used. Never throws for what a file or mapping holds. */
export function planCsv(bytes: Uint8Array, given?: unknown, fileName = ''): ImportPlan {
  try {
    const table = readCsvTable(bytes)
    const read = given === undefined ? suggest(table, fileName) : readCsvMapping(given, table.headers)
    if (!read.mapping) return emptyPlan(toolOf(given), read.problems)
    return planTable(table, { ...read.mapping, projectName: read.mapping.projectName.trim() || nameOfFile(fileName) })
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    return emptyPlan(toolOf(given), error.problems)
  }
}

/** The name of a project that the file does not name. */
export function nameOfFile(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? ''
  return base.replace(/\.(csv|tsv|txt|json)$/i, '').trim() || 'Import'
}

function suggest(table: CsvTable, fileName: string) {
  const { mapping, problems } = suggestCsv(table, nameOfFile(fileName))
  return { mapping: problems.length > 0 ? undefined : mapping, problems }
}

function planTable(table: CsvTable, mapping: CsvMapping): ImportPlan {
  const build = planBuilder(mapping.tool)
  const tool = detectCsvTool(
    table.headers,
    table.rows.slice(0, 200).flatMap(({ cells }) => cells),
  )
  const cellsOf = readCellsBy(mapping, table, tool.emptyCells)
  const rows = table.rows.map(cellsOf)
  for (const draft of linkParents(draftRows(rows, { build, mapping, tool, zone: homeZone }), build)) build.task(draft)
  noteIgnored(table, mapping, build.notTaken.add)
  // The project for rows that name none is not needed when every such row is a subtask of one that does.
  const used = new Set(build.plan.tasks.map(({ projectRef }) => projectRef))
  build.plan.projects = build.plan.projects.filter(({ ref }) => used.has(ref))
  // A problem row may have left a comment without its task; the plan is refused then, and nothing of it is used.
  return build.plan
}

function noteIgnored(
  { headers, rows }: CsvTable,
  { columns }: CsvMapping,
  add: (note: { what: string; why: string; where?: string; count: number }) => void,
): void {
  const chosen = new Map(columns.map(({ index, target }) => [index, target]))
  for (const [index, header] of headers.entries()) {
    if ((chosen.get(index) ?? 'ignore') !== 'ignore') continue
    const count = rows.filter(({ cells }) => cells[index]!.trim() !== '').length
    if (count > 0) add({ what: `Column "${header}"`, why: 'The mapping leaves it out.', count })
  }
}

function toolOf(given: unknown): ImportTool {
  const tool = typeof given === 'object' && given !== null && 'tool' in given ? given.tool : undefined
  return importTools.find(one => one === tool) ?? 'csv'
}
