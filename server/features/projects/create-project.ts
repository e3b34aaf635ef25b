import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
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
    const key = body.key ?? (await freeKey(db, suggestKey(body.name)))
    await db.insert('project', {
      id,
      key,
      name: body.name,
      description: body.description ?? '',
      private: body.private ?? false,
      creator_id: creator,
    })
    if (body.private) await db.link('project_member', [{ project_id: id, member_id: creator }])
    return requireProject(db, id)
  },
})

async function freeKey(db: Writer, wanted: string): Promise<string> {
  const rows = await db.rows('project').where('project.key', 'like', `${wanted}%`).select('project.key').execute()
  const taken = new Set(rows.map(row => row.key))
  if (!taken.has(wanted)) return wanted
  let count = 2
  while (taken.has(`${wanted}${count}`)) count++
  return `${wanted}${count}`
}
