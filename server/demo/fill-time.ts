import type { Insertable } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { Studio } from '#server/demo/fill-studio.ts'
import { people, type Who } from '#server/demo/studio.ts'
import { type DemoTask, tasks } from '#server/demo/tasks.ts'

const weeks = 6
const workers: readonly Who[] = ['ada', 'joris', 'ines', 'lukas', 'sofia']
const mornings = ['08:45', '09:00', '09:15', '09:30']
const notes = ['', '', 'With the client', 'Second round', 'Reviewed and corrected', 'Call and notes', '']

/** Six weeks of working days: each person on two or three of their own tasks a day, until yesterday. */
export async function fillTime({ as, taskOf, memberOf, projectOf, services, ago }: Studio): Promise<void> {
  const mine = Map.groupBy(
    Object.values(tasks)
      .flat()
      .filter(task => task.to && task.status !== 'cancelled' && (task.due ?? 0) > -weeks * 7),
    task => task.to,
  )
  for (const [turn, who] of workers.entries()) {
    const theirs = (mine.get(who) ?? []) as DemoTask[]
    const rows: Insertable<WorkspaceTables['time_entry']>[] = []
    for (let day = weeks * 7; day > 0; day--) {
      if (services.clock.today().subtract({ days: day }).dayOfWeek > 5) continue
      let at = Temporal.Instant.from(ago(day, mornings[(day + turn) % mornings.length]))
      for (let piece = 0; piece < 2 + ((day + turn) % 2); piece++) {
        const { id, projectId } = taskOf.get(theirs[(day * 3 + piece * 5 + turn) % theirs.length]!.title)!
        const end = at.add({ minutes: 75 + ((day * 35 + piece * 50 + turn * 20) % 120) })
        const billable = projectId !== projectOf.studio
        rows.push({
          id: uuid7(),
          member_id: memberOf[who],
          project_id: projectId,
          task_id: id,
          started_at: at.toString(),
          ended_at: end.toString(),
          note: notes[(day + piece + turn) % notes.length]!,
          billable,
          rate_cents: billable ? people[who].rateCents : null,
        })
        at = end.add({ minutes: piece === 0 ? 15 : 45 })
      }
    }
    await as(who, db => db.insert('time_entry', rows))
  }
}
