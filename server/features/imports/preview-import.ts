import Type from 'typebox'
import { importFormats } from '#server/features/imports/formats/index.ts'
import { Problems, previewFields } from '#server/features/imports/import.ts'
import { importLimits, taskPriorities, taskStatuses } from '#server/features/imports/import-plan.ts'
import { parseFile, readWhole, UnreadableFileError, unknownFormat } from '#server/features/imports/parse-file.ts'
import { listProblems } from '#server/features/imports/report.ts'
import { operation } from '#server/http/operation.ts'
import { problem } from '#server/http/problems.ts'
import { inWorkspace, nullable, oneOf } from '#server/http/schemas.ts'

const Word = {
  from: Type.String(),
  count: Type.Integer(),
  sure: Type.Boolean({ description: 'False where it is a guess' }),
}

const ImportPreview = Type.Object(
  {
    format: oneOf(importFormats),
    tool: Type.String({ description: 'The tool that wrote the file, `csv` if none is known' }),
    rowCount: Type.Integer({ description: 'Rows of a CSV file, cards of a board, tasks of Asana' }),
    columns: Type.Array(
      Type.Object({
        index: Type.Integer(),
        header: Type.String(),
        target: Type.String(),
        filled: Type.Integer(),
        samples: Type.Array(Type.String()),
      }),
      { description: 'Of a CSV file: where each column would go' },
    ),
    statuses: Type.Array(Type.Object({ ...Word, to: oneOf(taskStatuses) })),
    priorities: Type.Array(Type.Object({ ...Word, to: oneOf(taskPriorities) })),
    lists: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        archived: Type.Boolean(),
        cards: Type.Integer(),
        sure: Type.Boolean(),
        to: oneOf(taskStatuses),
      }),
      { description: 'Of a Trello board: which status each list would become' },
    ),
    dateOrderSure: Type.Boolean({ description: 'False where 03/04/2024 could be either: ask' }),
    warnings: Type.Array(Type.String()),
    problems: Problems,
    mapping: nullable(
      Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        additionalProperties: true,
        description: 'The suggestion: send it with the import, edited or not',
      }),
    ),
  },
  { $id: 'ImportPreview' },
)

export const previewImport = operation({
  id: 'previewImport',
  summary: 'Look into a file before its import',
  description: 'What it holds, and where each column or list would go. Nothing is stored.',
  route: 'POST /api/workspaces/:workspace/imports/previews',
  needs: { resource: 'project', action: 'write' },
  transaction: 'own',
  params: inWorkspace(),
  upload: previewFields,
  returns: ImportPreview,
  async run({ upload, services }) {
    const { fileName, stream, fields } = await upload()
    const bytes = await readWhole(stream, Math.min(importLimits.fileBytes, services.config.maxUploadBytes))
    const { format, plan, preview } = await parse({ what: 'preview', format: fields.format as 'auto', bytes, fileName })
    if (!format) throw problem('rule-broken', unknownFormat)
    const shown = { columns: [], statuses: [], priorities: [], lists: [], warnings: [], mapping: null, ...preview }
    return {
      ...shown,
      format,
      tool: preview?.tool ?? plan?.tool ?? format,
      rowCount: rowsOf(preview) ?? plan?.tasks.length ?? 0,
      dateOrderSure: preview && 'dateOrder' in preview ? preview.dateOrder.sure : true,
      problems: listProblems((preview ?? plan)?.problems ?? []),
    }
  },
})

async function parse(request: Parameters<typeof parseFile>[0]) {
  try {
    return await parseFile(request)
  } catch (error) {
    throw error instanceof UnreadableFileError ? problem('rule-broken', error.message) : error
  }
}

function rowsOf(preview: Awaited<ReturnType<typeof parseFile>>['preview']): number | undefined {
  if (!preview) return undefined
  return 'rowCount' in preview ? preview.rowCount : preview.cardCount
}
