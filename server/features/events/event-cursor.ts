import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { type Position, positionNow } from '#server/events/follow.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import { fieldProblem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** The `id:` of an event in a stream: where to go on after it. Signed, so that none of another workspace is good. */
export function eventCursor(services: Services, workspace: WorkspaceAddress, { xid, seq }: Position): string {
  return encodeCursor(services.keys, { workspace: workspace.id, list: 'events' }, [xid, seq])
}

/** Where a stream begins: after the event that the client saw last, or now. */
export function startPosition(
  services: Services,
  workspace: WorkspaceAddress,
  last: string | string[] | undefined,
): Promise<Position> {
  if (last === undefined || last === '') return services.workspaces.system(workspace, positionNow)
  return Promise.resolve(readCursor(services, workspace, String(last)))
}

function readCursor(services: Services, workspace: WorkspaceAddress, cursor: string): Position {
  try {
    const [xid, seq] = decodeCursor(services.keys, { workspace: workspace.id, list: 'events' }, cursor)
    return { xid: String(xid), seq: Number(seq) }
  } catch {
    throw fieldProblem('/headers/Last-Event-ID', 'is not the id of an event of this stream')
  }
}
