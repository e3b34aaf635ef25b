import type { ImportPlan } from '../import-plan.ts'
import { planAsana } from './asana-json.ts'
import { planCsv, previewCsv } from './csv.ts'
import type { CsvPreview } from './csv-preview.ts'
import type { ImportFormat } from './detect.ts'
import { planTrello, previewTrello, type TrelloPreview } from './trello.ts'

export type { CsvMapping } from './csv-mapping.ts'
export type { CsvPreview } from './csv-preview.ts'
export { csvTargets } from './csv-targets.ts'
export { detectFormat, type ImportFormat, importFormats } from './detect.ts'
export type { TrelloPreview } from './trello.ts'
export type { TrelloMapping } from './trello-lists.ts'

export type ImportFile = { bytes: Uint8Array; fileName: string }

/** What a person may change before the import: the columns of a CSV, the lists of a board; nothing of Asana's JSON. */
export function previewImport(
  format: ImportFormat,
  { bytes, fileName }: ImportFile,
): CsvPreview | TrelloPreview | undefined {
  if (format === 'csv') return previewCsv(bytes, fileName)
  return format === 'trello' ? previewTrello(bytes) : undefined
}

/** The plan of a file. It writes nothing and never throws for what the file or the mapping holds: see `problems`. */
export function planImport(format: ImportFormat, { bytes, fileName }: ImportFile, mapping?: unknown): ImportPlan {
  if (format === 'csv') return planCsv(bytes, mapping, fileName)
  return format === 'trello' ? planTrello(bytes, mapping) : planAsana(bytes, fileName)
}
