import type { api } from '#web/api.ts'

type Query = Parameters<typeof api.explainPermission>[0]['query']
export type Asked = Pick<Query, 'resource' | 'action'>

/** What can be asked of one thing; the key names the words. For `create`, the thing is where it would be put. */
export type Question = Asked & { verb: 'read' | 'update' | 'write' | 'delete' | 'comment' | 'attach' | 'create' }

export const taskQuestions: readonly Question[] = [
  { verb: 'read', resource: 'task', action: 'read' },
  { verb: 'update', resource: 'task', action: 'update' },
  { verb: 'comment', resource: 'comment', action: 'create' },
  { verb: 'attach', resource: 'attachment', action: 'create' },
  { verb: 'delete', resource: 'task', action: 'delete' },
]

export const projectQuestions: readonly Question[] = [
  { verb: 'read', resource: 'project', action: 'read' },
  { verb: 'create', resource: 'task', action: 'create' },
  { verb: 'write', resource: 'project', action: 'write' },
]

/** Whether a question can be asked of one project. */
export function isOfProject({ resource, action }: Asked): boolean {
  return projectQuestions.some(question => question.resource === resource && question.action === action)
}
