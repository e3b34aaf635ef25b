import { createImport } from '#server/features/imports/create-import.ts'
import { getImport } from '#server/features/imports/get-import.ts'
import { listImports } from '#server/features/imports/list-imports.ts'
import { previewImport } from '#server/features/imports/preview-import.ts'
import type { Feature } from '#server/http/operation.ts'

export { runImport } from '#server/features/imports/run-import.ts'

export const imports: Feature = {
  name: 'imports',
  description:
    "Other tools' files become projects, tasks, comments, tags and time entries: all of a file or nothing of it.",
  operations: [listImports, createImport, getImport, previewImport],
}
