import type { Writer } from '#server/database/door.ts'

/**
 * Takes the caller out of the workspace: removed, or, with time entries, kept as an inactive member, because hours are
 * never removed with a person. The last admin is refused by the database.
 */
export async function leaveWorkspace(db: Writer): Promise<void> {
  const { memberId } = db.access
  await db.holdAdmins()
  if (await hasTime(db, memberId)) {
    await db.update('member', 'self').set({ active: false }).where('member.id', '=', memberId).execute()
  } else {
    await db.remove('member', 'self').where('member.id', '=', memberId).execute()
  }
}

async function hasTime(db: Writer, memberId: string): Promise<boolean> {
  const row = await db
    .rows('time_entry', 'self')
    .where('time_entry.member_id', '=', memberId)
    .select('time_entry.id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
