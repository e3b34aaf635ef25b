import { addProjectMember } from '#server/features/projects/add-project-member.ts'
import { createProject } from '#server/features/projects/create-project.ts'
import { deleteProject } from '#server/features/projects/delete-project.ts'
import { getProject } from '#server/features/projects/get-project.ts'
import { listProjects } from '#server/features/projects/list-projects.ts'
import { removeProjectMember } from '#server/features/projects/remove-project-member.ts'
import { updateProject } from '#server/features/projects/update-project.ts'
import type { Feature } from '#server/http/operation.ts'

export const projects: Feature = {
  name: 'projects',
  description: 'Where tasks live. Open to every member of the workspace, or private to those it names.',
  operations: [
    listProjects,
    createProject,
    getProject,
    updateProject,
    deleteProject,
    addProjectMember,
    removeProjectMember,
  ],
}
