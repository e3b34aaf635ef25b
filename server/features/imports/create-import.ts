import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { Import, importFields } from '#server/features/imports/import.ts'
import { importLimits } from '#server/features/imports/import-plan.ts'
import { requireImport } from '#server/features/imports/import-queries.ts'
import { readJson } from '#server/http/body.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'
import { promiseJob } from '#server/jobs/promise-job.ts'

export const createImport = operation({
  id: 'createImport',
  summary: "Import another tool's file",
  description:
    'A CSV file, or the JSON export of a Trello board or of Asana; at most 50 MB and 20,000 tasks. ' +
    'The answer comes at once, ' +
    'the work is done later: read the import for its progress. All of the file arrives, or nothing of it. ' +
    'Whoever imports writes projects, and tasks, comments and time in the name of others, so this asks for ' +
    'the right to write projects, also when everything goes into one that is there.',
  route: 'POST /api/workspaces/:workspace/imports',
  needs: { resource: 'project', action: 'write' },
  // The file arrives before the transaction begins: a slow upload holds no connection of the database.
  transaction: 'own',
  params: inWorkspace(),
  upload: object(importFields),
  takesKey: true,
  returns: Import,
  status: 202,
  async run({ db, workspace, services, upload, transact }) {
    const { fileName, stream, fields } = await upload()
    const { storage, config } = services
    const mapping = readMapping(fields.mapping)
    if (fields.project) await db.requireAll('project', [fields.project], '/project')
    const id = uuid7()
    const most = Math.min(importLimits.fileBytes, config.maxUploadBytes)
    const { sha256 } = await storage.keep(workspace, id, stream, most)
    let begin: (() => void) | undefined
    try {
      const made = await transact(async writer => {
        if (fields.project) await requireTarget(writer, fields.project)
        const { memberId, tokenId } = writer.access
        await writer.insert('import', {
          id,
          member_id: memberId,
          token_id: tokenId,
          format: fields.format!,
          file_name: fileName.slice(0, 255),
          project_id: fields.project ?? null,
          mapping: mapping === undefined ? null : JSON.stringify(mapping),
        })
        const at = { key: `import/${id}`, queue: `imports/${workspace.id}` }
        begin = await promiseJob(services, 'run-import', { workspaceId: workspace.id, importId: id, memberId }, at)
        return requireImport(writer, id)
      }, JSON.stringify({ fields, fileName, sha256 }))
      begin?.()
      // The answer to an earlier request with the same Idempotency-Key, which has a file of its own.
      if (made.id !== id) await storage.remove(workspace.schema, id)
      return made
    } catch (error) {
      await storage.remove(workspace.schema, id)
      throw error
    }
  },
})

function readMapping(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return readJson(text)
  } catch {
    throw fieldProblem('/mapping', 'must be JSON')
  }
}

async function requireTarget(db: Writer, projectId: string): Promise<void> {
  await db.requirePlaces('task', [projectId])
  const { archived_at } = await db.require('project', projectId)
  if (archived_at) throw fieldProblem('/project', 'is archived: it takes no new tasks', 'rule-broken')
}
