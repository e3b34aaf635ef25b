import type { Services } from '#server/services.ts'

/**
 * Gives a key of its own to each workspace of before there were any; re-sealing then makes use of it. One that ever had a
 * key gets none: its loss is to be seen. Idempotent.
 * @returns whether there was one without.
 */
export async function giveWorkspaceKeys({ platform, workspaceKeys }: Services): Promise<boolean> {
  const rows = await platform.db
    .selectFrom('workspace')
    .select('id')
    .where('has_key', '=', false)
    .where('status', 'in', ['active', 'broken'])
    .execute()
  for (const { id } of rows) {
    await platform.transact(async db => {
      const marked = await db
        .updateTable('workspace')
        .set({ has_key: true })
        .where('id', '=', id)
        .where('has_key', '=', false)
        .where('status', 'in', ['active', 'broken'])
        .executeTakeFirst()
      // The file is there before the mark is committed: a run that is killed in between is done again.
      if (marked.numUpdatedRows === 1n) workspaceKeys.make(id)
    })
  }
  return rows.length > 0
}
