import { createHash } from 'node:crypto'
import { saltsByField } from '#server/audit-log/leaf.ts'
import { type ReadTile, tileWidth } from '#server/audit-log/tiles.ts'
import { exportLines, exportTrailer } from '#server/audit-log/write-export.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { ExportedEvent, LeafRange } from '#server/features/audit-exports/read-leaves.ts'
import type { ExportOrder } from '#server/features/audit-exports/write-audit-export.ts'
import type { Services } from '#server/services.ts'

/** The lines of an export with its proofs (docs/audit-format.md), or those that are missing from one that is begun. */
export async function* writeNdjson(
  services: Services,
  { workspace, range, checkpoint, kept }: ExportOrder,
  pages: AsyncIterable<ExportedEvent[]>,
): AsyncGenerator<string> {
  const { id, slug } = workspace
  const key = services.auditKeys.signing()
  const { name } = await services.workspaces.system(workspace, db =>
    db.selectFrom('workspace').select('name').executeTakeFirstOrThrow(),
  )
  const begun = kept ? kept.next / tileWidth : 0
  const lines = exportLines(
    {
      workspace: { id, slug, name },
      exportedAt: services.clock.now().toString({ smallestUnit: 'millisecond' }),
      filters: shownFilters(range),
      events: eventsOf(pages),
      readTile: readAhead(services, workspace, begun),
      checkpoint: checkpoint.note,
    },
    key,
  )
  const hash = kept?.hash.copy() ?? createHash('sha256')
  const firstLine = kept && `{"tile":[0,${begun}],`
  let isMissing = !kept
  for await (const line of lines) {
    isMissing ||= line.startsWith(firstLine!)
    if (!isMissing) continue
    hash.update(line)
    yield line
  }
  yield exportTrailer(hash.digest('base64'), checkpoint.note, key)
}

/** Null where every event is there: what begins later than the tree leaves something out, too. */
export function shownFilters({ from, filters }: LeafRange): Record<string, unknown> | null {
  const shown = from === 0 ? filters : { ...filters, fromIndex: from }
  return Object.keys(shown).length === 0 ? null : shown
}

async function* eventsOf(pages: AsyncIterable<ExportedEvent[]>) {
  for await (const page of pages)
    for (const { index, event, salts, erased } of page)
      yield { index, event, salts: saltsByField(event, salts), erased }
}

const tilesAtOnce = 32

/** Tiles are asked for from left to right, so the next ones are read with each. Those before `first` are there already. */
function readAhead({ workspaces }: Services, workspace: WorkspaceAddress, first: number): ReadTile {
  const nothing = Buffer.alloc(tileWidth * 32)
  let known = new Map<string, Uint8Array>()
  return async (level, n) => {
    if (level === 0 && n < first) return nothing
    const found = known.get(`${level}/${n}`)
    if (found) return found
    const rows = await workspaces.system(workspace, db =>
      db
        .selectFrom('audit_tile')
        .select(['n', 'hashes'])
        .where('level', '=', level)
        .where('n', '>=', n)
        .where('n', '<', n + tilesAtOnce)
        .execute(),
    )
    known = new Map(rows.map(row => [`${level}/${row.n}`, row.hashes]))
    return known.get(`${level}/${n}`)
  }
}
