import Type, { type Static } from 'typebox'
import { auditFilters } from '#server/features/audit/audit-filters.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Id, Instant, nullable, object, oneOf, Version } from '#server/http/schemas.ts'

export const exportFormats = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof exportFormats)[number]
export const Format = oneOf(exportFormats, {
  description:
    '`csv` for spreadsheets; `ndjson` with proofs, which `kontor audit verify` checks (docs/audit-format.md)',
})

const Filters = object(auditFilters, {
  $id: 'AuditFilters',
  description: 'Those of the list of events; none: the whole history',
})

export const AuditExport = Type.Object(
  {
    id: Id,
    format: Format,
    filters: Filters,
    memberId: nullable(
      Type.String({ format: 'uuid', description: 'Who asked for it; null: a schedule, or somebody gone' }),
    ),
    scheduleId: nullable(Id),
    status: oneOf(['waiting', 'running', 'done', 'failed'], { description: 'There is a file once it is `done`' }),
    doneCount: Type.Integer({ description: 'Events so far' }),
    totalCount: Type.Integer({ description: '0 until they are counted' }),
    fromIndex: Type.Integer({ description: 'The first leaf of the tree that it covers' }),
    size: nullable(Type.Integer({ description: 'The size of the tree that it covers; null until it runs' })),
    sizeBytes: nullable(Type.Integer()),
    sha256: nullable(Type.String({ description: 'Of the file, in hexadecimal' })),
    failure: nullable(Type.String({ description: 'Why there is none, in a sentence' })),
    createdAt: Instant,
    finishedAt: nullable(Instant),
    expiresAt: nullable(Type.String({ format: 'date-time', description: 'When it goes' })),
    version: Version,
  },
  { $id: 'AuditExport' },
)
export type AuditExport = Static<typeof AuditExport>

export const NewAuditExport = object({ format: Format, filters: Type.Optional(Filters) }, { $id: 'NewAuditExport' })

export const planProblems = {
  'plan-required': { status: 403, title: 'Your plan does not include this' },
} as const satisfies ProblemTable

/** How long what was made is kept, in days: on request, and by a schedule. */
export const daysKept = { onRequest: 7, scheduled: 90 } as const
/** Of those on request: under way at once, and kept. */
export const mostExports = { atOnce: 3, kept: 20 } as const

/** What a browser saves it under: the workspace, and a day or the leaves. */
export function exportFileName(slug: string, format: ExportFormat, of: string): string {
  return `audit-${slug}-${of}.${format}`
}

export const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
} as const satisfies Record<ExportFormat, string>
