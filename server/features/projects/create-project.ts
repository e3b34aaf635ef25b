import type { Insertable } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { NewProject, Project, suggestKey } from '#server/features/projects/project.ts'
import { requireProject } from '#server/features/projects/project-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createProject = operation({
  id: 'createProject',
  summary: 'Create a project',
  description: 'Without a key it gets one made of its name. A private project names its creator as its first member.',
  route: 'POST /api/workspaces/:workspace/projects',
  needs: { resource: 'project', action: 'write' },
  params: inWorkspace(),
  body: NewProject,
  example: { name: 'Website', key: 'WEB', description: 'The **new** site', private: false },
  returns: Project,
  status: 201,
  async run({ db, body }) {
    const id = uuid7()
    const creator = db.access.memberId
    const values = {
      id,
      name: body.name,
      description: body.description ?? '',
      private: body.private ?? false,
      creator_id: creator,
    }
    if (body.key) await db.insert('project', { ...values, key: body.key })
    else await insertUnderFreeKey(db, values)
    if (body.private) await db.link('project_member', [{ project_id: id, member_id: creator }])
    return requireProject(db, id)
  },
})

// A key may also be taken by a project that the caller cannot see, or is just being taken by somebody else.
async function insertUnderFreeKey(db: Writer, values: Omit<Insertable<WorkspaceTables['project']>, 'key'>) {
  const wanted = suggestKey(values.name)
  const rows = await db.rows('project').where('project.key', 'like', `${wanted}%`).select('project.key').execute()
  const taken = new Set(rows.map(row => row.key))
  for (let count = 1; ; count++) {
    const key = count === 1 ? wanted : `${wanted}${count}`
    if (!taken.has(key) && (await db.insertUnlessTaken('project', { ...values, key }))) return
  }
}
