import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { dayBounds } from '#server/clock.ts'
import { type AuditFilters, auditFilters } from '#server/features/audit/audit-filters.ts'
import { type ExportFormat, exportFormats } from '#server/features/audit-exports/audit-export.ts'
import { exportToFile } from '#server/features/audit-exports/export-to-file.ts'
import { RemovedMeanwhileError } from '#server/features/audit-exports/write-audit-export.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { ProblemError } from '#server/http/problems.ts'
import { object } from '#server/http/schemas.ts'
import { compileCheck } from '#server/http/validation.ts'

const text = { type: 'string' } as const
const filterOptions = {
  since: 'since',
  until: 'until',
  entity: 'entity',
  'entity-id': 'entityId',
  'task-id': 'taskId',
  action: 'action',
  'member-id': 'memberId',
  'token-id': 'tokenId',
  'request-id': 'requestId',
  field: 'field',
  q: 'q',
} as const satisfies Record<string, keyof AuditFilters>

export const auditExport: Command = {
  usage: 'audit export --workspace <slug> --format csv|ndjson --output <file> [--since T] [--until T] [--resume]',
  summary: 'Write the audit history to a file; --resume goes on with one that broke off',
  options: {
    ...{ workspace: text, format: text, output: text, resume: { type: 'boolean' } },
    ...Object.fromEntries(Object.keys(filterOptions).map(name => [name, text])),
  },
  required: ['workspace', 'format', 'output'],
  async run({ config, values, json }) {
    const [slug, format, output] = ['workspace', 'format', 'output'].map(name => textOf(values, name)!) as [
      string,
      ExportFormat,
      string,
    ]
    if (!exportFormats.includes(format)) throw new UsageError(`--format is one of ${exportFormats.join(', ')}`)
    const filters = readFilters(values)
    await withServices(config, async services => {
      const workspace = await findWorkspaceBySlug(services, slug)
      if (!workspace) throw new CommandError(`There is no workspace "${slug}".`)
      const order = { workspace, format, filters, output, resume: values.resume === true, onProgress: showProgress() }
      const made = await exportToFile(services, order).catch(explain(output))
      const sentence = `${made.count} events of a tree of ${made.size} leaves are in ${output} (SHA-256 ${made.sha256}).`
      print(json, { workspace: slug, format, output, ...made }, sentence)
    })
  },
}

const check = compileCheck(object(auditFilters), 'body')

function readFilters(values: Record<string, unknown>): AuditFilters {
  const given = Object.entries(filterOptions).flatMap(([option, name]) => {
    const value = values[option]
    return typeof value === 'string' ? [[name, isTime(name) ? toInstant(value) : value]] : []
  })
  const filters = Object.fromEntries(given)
  const [fault] = check(filters)
  if (fault) throw new UsageError(`${fault.pointer.slice(1)} ${fault.message}`)
  return filters
}

const isTime = (name: string) => name === 'since' || name === 'until'

/** A day stands for its beginning in Brussels. */
function toInstant(value: string): string {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(value) ? dayBounds(value).start.toString() : value
  } catch {
    // The check says what is wrong with it.
    return value
  }
}

const progressEveryMs = 1_000

function showProgress() {
  let last = performance.now()
  return (done: number, total: number) => {
    if (performance.now() - last < progressEveryMs && done < total) return
    last = performance.now()
    console.error(`Exporting: ${done} of ${total} events`)
  }
}

function explain(output: string) {
  return (error: unknown): never => {
    if (error instanceof ProblemError || error instanceof RemovedMeanwhileError) throw new CommandError(error.message)
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new CommandError(`There is no more room for ${output}: make some, and run it again with --resume.`)
    if (/^(ENOENT|EACCES|EISDIR|ENOTDIR|EROFS)$/.test(code))
      throw new CommandError(`${output} cannot be written: ${message}.`)
    throw error
  }
}
