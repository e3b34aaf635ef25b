import { type CsvError, parse } from 'csv-parse/sync'
import { type ImportProblem, importLimits } from '../import-plan.ts'
import { findHeaderRow } from './csv-header-row.ts'
import { type DecodedText, decodeText } from './decode-text.ts'
import { ImportRefused } from './refused.ts'

/** `row` is the row that a spreadsheet shows: a cell with line ends in it is one row, and the header counts. */
export type CsvRow = { row: number; cells: string[] }
export type CsvTable = {
  headers: string[]
  rows: CsvRow[]
  /** The lines above the header, where a tool writes some. */
  preamble: string[]
  headerRow: number
  encoding: DecodedText['encoding']
  delimiter: string
}

/** Reads a CSV file into a table in which every row has exactly the header's cells, or throws what is wrong with it. */
export function readCsvTable(bytes: Uint8Array): CsvTable {
  if (bytes.length > importLimits.fileBytes) throw new ImportRefused('The file is larger than 50 MB: split it.')
  const { text, encoding, damaged } = decodeText(bytes)
  const announced = /^sep=(.)\r?\n/i.exec(text)
  const body = announced ? text.slice(announced[0].length) : text
  const delimiter = announced?.[1] ?? guessDelimiter(body.slice(0, 200_000))
  const records = parseRecords(body, delimiter)
  const headerAt = findHeaderRow(records)
  const header = records[headerAt]
  if (!header) throw new ImportRefused('The file holds no rows.')
  const headers = trimEnd(header).map(cell => cell.trim())
  if (headers.length > importLimits.columns) {
    throw new ImportRefused(`The file has ${headers.length} columns; at most ${importLimits.columns} can be read.`)
  }
  const offset = announced ? 2 : 1
  const rows = records
    .map((cells, index) => ({ row: index + offset, cells }))
    .slice(headerAt + 1)
    .filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
    .filter(({ cells }) => !isRepeatedHeader(cells, headers))
  const problems = [...checkWidths(rows, headers), ...checkCharacters(text, rows, headers, damaged)]
  if (problems.length > 0) throw new ImportRefused(problems.slice(0, importLimits.problemsListed))
  const preamble = records
    .slice(0, headerAt)
    .flat()
    .filter(cell => cell.trim() !== '')
  return {
    headers,
    rows: rows.map(({ row, cells }) => ({ row, cells: headers.map((_, index) => cells[index] ?? '') })),
    preamble,
    headerRow: headerAt + offset,
    encoding,
    delimiter,
  }
}

function parseRecords(text: string, delimiter: string): string[][] {
  let cells = 0
  let records = 0
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: 8_000_000,
      on_record(record: string[]) {
        cells += record.length
        records += 1
        if (records > importLimits.tasks * 2 + 100) {
          throw new ImportRefused(`The file holds more than ${importLimits.tasks} tasks: split it.`)
        }
        if (cells > importLimits.cells) throw new ImportRefused('The file holds more than 4 million cells: split it.')
        return record
      },
    })
  } catch (error) {
    if (error instanceof ImportRefused) throw error
    throw new ImportRefused([explain(error as Partial<CsvError> & { lines?: number }, records + 1)])
  }
}

function explain({ code, lines }: { code?: string; lines?: number }, row: number): ImportProblem {
  const line = lines === undefined ? '' : ` (line ${lines} of the file)`
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return { row, message: `A quotation mark opens a cell and none closes it${line}.` }
  if (code === 'CSV_MAX_RECORD_SIZE') return { row, message: 'The row is longer than 8 million characters.' }
  if (code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE') {
    return { row, message: `A quotation mark stands inside a cell without being doubled${line}.` }
  }
  return { row, message: `The row cannot be read as CSV${line}.` }
}

/** Monday repeats the header above each group. */
function isRepeatedHeader(cells: string[], headers: string[]): boolean {
  return headers.length > 1 && headers.every((header, index) => (cells[index] ?? '').trim() === header)
}

function checkWidths(rows: CsvRow[], headers: string[]): ImportProblem[] {
  return rows
    .filter(({ cells }) => cells.slice(headers.length).some(cell => cell.trim() !== ''))
    .map(({ row, cells }) => ({
      row,
      message: `The row has ${cells.length} cells and the header ${headers.length}: is a quotation mark missing?`,
    }))
}

function checkCharacters(text: string, rows: CsvRow[], headers: string[], damaged: boolean): ImportProblem[] {
  if (!damaged && !text.includes('\0')) return []
  const found = rows.flatMap(({ row, cells }) =>
    cells.flatMap((cell, index) => {
      const column = headers[index] ?? ''
      if (cell.includes('\0')) return [{ row, column, message: 'It holds a NUL character.' }]
      if (!damaged || !cell.includes('\ufffd')) return []
      return [{ row, column, message: 'It holds bytes that are no text in the encoding of the file.' }]
    }),
  )
  return found.length > 0 ? found : [{ message: 'The lines above the rows hold bytes that are no text.' }]
}

/** The delimiter that gives the most records one and the same number of cells. */
function guessDelimiter(sample: string): string {
  const scored = [',', ';', '\t', '|'].map(delimiter => ({ delimiter, score: scoreDelimiter(sample, delimiter) }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function scoreDelimiter(sample: string, delimiter: string): number {
  const widths: number[] = []
  let width = 1
  let quoted = false
  for (const char of sample) {
    if (char === '"') quoted = !quoted
    else if (!quoted && char === delimiter) width += 1
    else if (!quoted && char === '\n') {
      widths.push(width)
      width = 1
      if (widths.length === 50) break
    }
  }
  if (widths.length === 0) widths.push(width)
  const counts = new Map<number, number>()
  for (const seen of widths) if (seen > 1) counts.set(seen, (counts.get(seen) ?? 0) + 1)
  const [usual = 1, times = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  return (times / widths.length) * Math.log2(1 + usual)
}

function trimEnd(cells: string[]): string[] {
  const last = cells.findLastIndex(cell => cell.trim() !== '')
  return cells.slice(0, last + 1)
}
