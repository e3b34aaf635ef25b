// Made by `npm run generate` from openapi.json; do not edit.

import { type Call, type ClientOptions, createSender, type Download } from './send.ts'

export { ApiProblem, type ClientOptions, type Download } from './send.ts'

export type AuditEvent = { id: string; at: string; entity: string; entityId: string; taskId: string | null; projectId: string | null; action: string; memberId: string | null; tokenId: string | null; requestId: string | null; changes: Record<string, { from: unknown; to: unknown }> }

export type NewProject = { key?: string | undefined; name: string; description?: string | undefined; private?: boolean | undefined }

export type NewTask = { projectId: string; title: string; description?: string | undefined; status?: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" | undefined; priority?: "none" | "low" | "medium" | "high" | "urgent" | undefined; assigneeId?: string | null | undefined; dueOn?: string | null | undefined; startOn?: string | null | undefined; estimateSeconds?: number | null | undefined; position?: number | undefined; parentId?: string | null | undefined; tagIds?: string[] | undefined; viewerIds?: string[] | undefined }

export type Problem = { type: string; title: string; status: number; detail: string; requestId: string; errors?: { pointer: string; message: string }[] | undefined }

export type Project = { id: string; key: string; name: string; description: string; private: boolean; archivedAt: string | null; creatorId: string | null; memberIds: string[]; createdAt: string; updatedAt: string; version: number }

export type Task = { id: string; number: number; key: string; projectId: string; title: string; description: string; status: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled"; priority: "none" | "low" | "medium" | "high" | "urgent"; creatorId: string | null; assigneeId: string | null; dueOn: string | null; startOn: string | null; estimateSeconds: number | null; position: number; tagIds: string[]; viewerIds: string[]; parentId: string | null; createdAt: string; updatedAt: string; closedAt: string | null; version: number }

/** Every operation of the API. A refusal is thrown as an `ApiProblem`. */
export function createClient(options: ClientOptions = {}) {
  const send = createSender(options)
  return {
    /** List projects — `GET /api/workspaces/{workspace}/projects` → 200 */
    listProjects: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; archived?: boolean | undefined } } & Call): Promise<{ items: Project[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/projects', 'json', call),
    /** Create a project — `POST /api/workspaces/{workspace}/projects` → 201 */
    createProject: (call: { path: { workspace: string }; body: NewProject } & Call): Promise<Project> => send('POST', '/api/workspaces/{workspace}/projects', 'json', call),
    /** Read a project — `GET /api/workspaces/{workspace}/projects/{project}` → 200 */
    getProject: (call: { path: { workspace: string; project: string } } & Call): Promise<Project> => send('GET', '/api/workspaces/{workspace}/projects/{project}', 'json', call),
    /** Change or archive a project — `PATCH /api/workspaces/{workspace}/projects/{project}` → 200 */
    updateProject: (call: { path: { workspace: string; project: string }; body: { key?: string | undefined; name?: string | undefined; description?: string | undefined; private?: boolean | undefined; archived?: boolean | undefined } } & Call): Promise<Project> => send('PATCH', '/api/workspaces/{workspace}/projects/{project}', 'json', call),
    /** Delete a project — `DELETE /api/workspaces/{workspace}/projects/{project}` → 204 */
    deleteProject: (call: { path: { workspace: string; project: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/projects/{project}', 'nothing', call),
    /** Name a member in a project — `PUT /api/workspaces/{workspace}/projects/{project}/members/{member}` → 200 */
    addProjectMember: (call: { path: { workspace: string; project: string; member: string } } & Call): Promise<Project> => send('PUT', '/api/workspaces/{workspace}/projects/{project}/members/{member}', 'json', call),
    /** Take a member out of a project — `DELETE /api/workspaces/{workspace}/projects/{project}/members/{member}` → 204 */
    removeProjectMember: (call: { path: { workspace: string; project: string; member: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/projects/{project}/members/{member}', 'nothing', call),
    /** List tasks — `GET /api/workspaces/{workspace}/tasks` → 200 */
    listTasks: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; project?: string | undefined; status?: string | undefined; priority?: string | undefined; assignee?: string | undefined; creator?: string | undefined; viewer?: string | undefined; tag?: string | undefined; parent?: string | undefined; due?: "overdue" | "today" | "week" | "none" | undefined; dueFrom?: string | undefined; dueUntil?: string | undefined; q?: string | undefined; sort?: "position" | "due" | "updated" | "created" | "title" | undefined } } & Call): Promise<{ items: Task[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tasks', 'json', call),
    /** Create a task — `POST /api/workspaces/{workspace}/tasks` → 201 */
    createTask: (call: { path: { workspace: string }; body: NewTask } & Call): Promise<Task> => send('POST', '/api/workspaces/{workspace}/tasks', 'json', call),
    /** Read a task — `GET /api/workspaces/{workspace}/tasks/{task}` → 200 */
    getTask: (call: { path: { workspace: string; task: string } } & Call): Promise<Task> => send('GET', '/api/workspaces/{workspace}/tasks/{task}', 'json', call),
    /** Change a task — `PATCH /api/workspaces/{workspace}/tasks/{task}` → 200 */
    updateTask: (call: { path: { workspace: string; task: string }; body: { projectId?: string | undefined; title?: string | undefined; description?: string | undefined; status?: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" | undefined; priority?: "none" | "low" | "medium" | "high" | "urgent" | undefined; assigneeId?: string | null | undefined; dueOn?: string | null | undefined; startOn?: string | null | undefined; estimateSeconds?: number | null | undefined; position?: number | undefined; parentId?: string | null | undefined; tagIds?: string[] | undefined; viewerIds?: string[] | undefined } } & Call): Promise<Task> => send('PATCH', '/api/workspaces/{workspace}/tasks/{task}', 'json', call),
    /** Delete a task — `DELETE /api/workspaces/{workspace}/tasks/{task}` → 204 */
    deleteTask: (call: { path: { workspace: string; task: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tasks/{task}', 'nothing', call),
    /** Put a tag on a task — `PUT /api/workspaces/{workspace}/tasks/{task}/tags/{tag}` → 200 */
    addTagToTask: (call: { path: { workspace: string; task: string; tag: string } } & Call): Promise<Task> => send('PUT', '/api/workspaces/{workspace}/tasks/{task}/tags/{tag}', 'json', call),
    /** Take a tag off a task — `DELETE /api/workspaces/{workspace}/tasks/{task}/tags/{tag}` → 204 */
    removeTagFromTask: (call: { path: { workspace: string; task: string; tag: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tasks/{task}/tags/{tag}', 'nothing', call),
    /** Let a member see a task — `PUT /api/workspaces/{workspace}/tasks/{task}/viewers/{member}` → 200 */
    addViewerToTask: (call: { path: { workspace: string; task: string; member: string } } & Call): Promise<Task> => send('PUT', '/api/workspaces/{workspace}/tasks/{task}/viewers/{member}', 'json', call),
    /** Take a viewer off a task — `DELETE /api/workspaces/{workspace}/tasks/{task}/viewers/{member}` → 204 */
    removeViewerFromTask: (call: { path: { workspace: string; task: string; member: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tasks/{task}/viewers/{member}', 'nothing', call),
    /** What happened to a task — `GET /api/workspaces/{workspace}/tasks/{task}/history` → 200 */
    listTaskHistory: (call: { path: { workspace: string; task: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: AuditEvent[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tasks/{task}/history', 'json', call),
  }
}

export type Client = ReturnType<typeof createClient>

