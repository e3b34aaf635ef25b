import { type Kysely, sql } from 'kysely'
import { nameOf, type Problem, type ProblemKind } from '#server/audit-log/export-problems.ts'
import { LeafError } from '#server/audit-log/leaf.ts'
import { type Tile, tileWidth } from '#server/audit-log/tiles.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { type LeafRow, leafColumns, leafOfRow } from '#server/features/audit/leaf-rows.ts'
import { type ReadWorkspace, tileReader } from '#server/features/audit/tree-queries.ts'

export type ExaminedTile = {
  /** As stored: as many hashes as the tile has to have. */
  hashes: Buffer
  /** The same, with the leaves of the events that are not theirs. */
  fromEvents: Buffer
  events: number
  /** Indexes of leaves without an event. */
  missing: { index: number; id: string | undefined }[]
  /** The first event that is not its leaf. */
  wrong: Problem | undefined
}

/** Holds each event of a tile of level 0 against its leaf; undefined where the tile has too few hashes. */
export async function examineTile(read: ReadWorkspace, { n, width }: Tile): Promise<ExaminedTile | undefined> {
  const begin = n * tileWidth
  const { rows, stored } = await read(async db => ({
    // One more, which tells whether the event before it was put in between.
    rows: await readLeaves(db, begin, begin + width + 1),
    stored: await tileReader(() => db.selectFrom('audit_tile'))(0, n),
  }))
  if (!stored || stored.length < width * 32) return undefined
  const hashes = Buffer.from(stored.subarray(0, width * 32))
  const tile: ExaminedTile = { hashes, fromEvents: Buffer.from(hashes), events: 0, missing: [], wrong: undefined }
  const leaves = new Map(rows.map(row => [row.index, { ...row, leaf: row.event && tryLeaf(row.event) }]))
  for (let at = 0; at < width; at++) {
    const index = begin + at
    const found = leaves.get(index)
    if (!found?.event) {
      tile.missing.push({ index, id: found?.id })
      continue
    }
    tile.events++
    const hash = hashes.subarray(at * 32, at * 32 + 32)
    if (found.leaf?.equals(hash)) continue
    if (found.leaf) tile.fromEvents.set(found.leaf, at * 32)
    tile.wrong ??= await judge(read, { ...found.event, index }, found.leaf, leaves.get(index + 1)?.leaf?.equals(hash))
  }
  return tile
}

/** @param isNext whether the event after it is the one whose leaf stands here. */
async function judge(
  read: ReadWorkspace,
  { index, id, action, at }: LeafRow & { index: number },
  leaf: Buffer | undefined,
  isNext = false,
): Promise<Problem> {
  const event = { index, id, action, at }
  const say = (kind: ProblemKind, what: string) => ({ kind, sentence: `${capital(nameOf(event))} ${what}`, event })
  const place = leaf && (await findLeaf(read, leaf))
  if (place !== undefined) return say('moved', `was moved: it is event ${place}, says the tree.`)
  if (isNext) return say('added', 'was added: the leaf that stands here is that of the next event.')
  return say('changed', 'was changed: it is not its leaf in the tree.')
}

/** Looks through the whole tree, which only something wrong is worth. */
async function findLeaf(read: ReadWorkspace, leaf: Buffer): Promise<number | undefined> {
  const { rows } = await read(db =>
    sql<{ index: number }>`select t.n * 256 + (position(${leaf} in t.hashes) - 1) / 32 as index from audit_tile t
      where t.level = 0 and position(${leaf} in t.hashes) % 32 = 1 order by t.n limit 1`.execute(db),
  )
  return rows[0]?.index
}

/** Null, and so no leaf at all, where somebody took a salt away. */
function tryLeaf(row: LeafRow): Buffer | undefined {
  try {
    return leafOfRow(row)
  } catch (error) {
    if (error instanceof LeafError) return undefined
    throw error
  }
}

type Place = { index: number; id: string; event: LeafRow | undefined }

// The index is audit_leaf_index.
async function readLeaves(db: Kysely<WorkspaceTables>, from: number, until: number): Promise<Place[]> {
  const rows = await db
    .selectFrom('audit_leaf')
    .leftJoin('audit_event', 'audit_event.id', 'audit_leaf.event_id')
    .where('audit_leaf.index', '>=', from)
    .where('audit_leaf.index', '<', until)
    .orderBy('audit_leaf.index')
    .select(['audit_leaf.index', 'audit_leaf.event_id as leafOf'])
    .select(leafColumns)
    .execute()
  return rows.map(({ index, leafOf, ...row }) => ({
    ...{ index, id: leafOf },
    event: row.id === null ? undefined : (row as LeafRow),
  }))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
