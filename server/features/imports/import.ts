import Type, { type Static } from 'typebox'
import { importFormats } from '#server/features/imports/formats/index.ts'
import { Id, Instant, nullable, object, oneOf, Version } from '#server/http/schemas.ts'

export const importStates = ['waiting', 'running', 'done', 'failed'] as const
const formats = ['auto', ...importFormats] as const

const Note = Type.Object({
  what: Type.String(),
  why: Type.String(),
  count: Type.Integer(),
  where: Type.Array(Type.String(), { description: 'The first few places' }),
})
const Problem = Type.Object({
  row: nullable(Type.Integer({ description: 'As a spreadsheet counts' })),
  column: nullable(Type.String()),
  where: nullable(Type.String({ description: 'The place in a file that has no rows' })),
  message: Type.String(),
})
export const Problems = Type.Array(Problem)
const count = (description?: string) => Type.Integer(description ? { description } : {})

export const ImportResult = Type.Object({
  tool: nullable(Type.String({ description: 'The tool that wrote the file' })),
  created: Type.Object({
    projects: count(),
    tasks: count(),
    comments: count(),
    tags: count(),
    viewers: count(),
    timeEntries: count(),
    links: count('Attachments of the file: they stand as links in the description of their task'),
  }),
  reused: Type.Object({ projects: count(), tags: count() }, { description: 'Already there under the same name' }),
  converted: Type.Array(Note, { description: 'What arrived in another shape' }),
  notTaken: Type.Array(Note, { description: 'What did not arrive' }),
  problems: Problems,
})
export type ImportResult = Static<typeof ImportResult>

export const Import = Type.Object(
  {
    id: Id,
    memberId: nullable(Id),
    format: oneOf(formats),
    fileName: Type.String(),
    projectId: nullable(Id),
    status: oneOf(importStates, { description: 'A failed import has changed nothing' }),
    doneCount: Type.Integer({ description: 'Tasks, comments and time entries so far' }),
    totalCount: Type.Integer({ description: '0 until the file is read' }),
    // What the row holds is written by `run-import` only, and null until it has ended.
    result: Type.Unsafe<ImportResult | null>({ ...ImportResult, type: ['object', 'null'] }),
    createdAt: Instant,
    finishedAt: nullable(Instant),
    version: Version,
  },
  { $id: 'Import' },
)
export type Import = Static<typeof Import>

/** The text fields of an upload; they come before the file. */
export const importFields = {
  format: oneOf(formats, { description: '`auto` looks into the file' }),
  mapping: Type.Optional(
    Type.String({ maxLength: 200_000, description: 'JSON: the `mapping` of a preview, edited or not' }),
  ),
  project: Type.Optional(Type.String({ format: 'uuid', description: 'Everything goes into this project' })),
}
export const previewFields = object({ format: importFields.format })
