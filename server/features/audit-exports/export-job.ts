import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { promiseJob } from '#server/jobs/promise-job.ts'
import type { Services } from '#server/services.ts'

/** Promises the job that makes an export, in the transaction of its row. @returns what has it begin, after the commit. */
export function promiseExport(services: Services, workspace: WorkspaceAddress, id: string): Promise<() => void> {
  return promiseJob(services, 'run-audit-export', { workspaceId: workspace.id, exportId: id }, placeOf(workspace, id))
}

/** Enqueues it again, for an export whose job was lost. */
export async function queueExport({ jobs }: Services, workspace: WorkspaceAddress, id: string): Promise<void> {
  await jobs.add('run-audit-export', { workspaceId: workspace.id, exportId: id }, placeOf(workspace, id))
}

// A workspace's exports are made one after another.
function placeOf(workspace: WorkspaceAddress, id: string) {
  return { key: `audit-export/${id}`, queue: `audit-exports/${workspace.id}` }
}
