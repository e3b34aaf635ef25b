import type { Project } from '#client'
import { api } from '#web/api.ts'

type Values = { name: string; key: string; description: string; private: boolean; memberIds: string[] }

/** Saves a project, new or known, and then whom it names. */
export async function saveProject(
  workspace: string,
  project: Project | undefined,
  values: Values,
  call: { idempotencyKey: string },
): Promise<Project> {
  const { memberIds, key, ...body } = values
  const saved = project
    ? await api.updateProject({
        path: { workspace, project: project.id },
        body: { ...body, key: key || project.key },
        ifMatch: `"${project.version}"`,
      })
    : await api.createProject({ path: { workspace }, body: { ...body, ...(key ? { key } : {}) }, ...call })
  const path = { workspace, project: saved.id }
  const wanted = new Set(memberIds)
  const there = new Set(saved.memberIds)
  for (const member of wanted.difference(there)) await api.addProjectMember({ path: { ...path, member } })
  for (const member of there.difference(wanted)) await api.removeProjectMember({ path: { ...path, member } })
  return saved
}
