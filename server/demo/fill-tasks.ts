import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Studio } from '#server/demo/fill-studio.ts'
import type { ProjectName, Who } from '#server/demo/studio.ts'
import { type DemoTask, tasks } from '#server/demo/tasks.ts'

type Status = DemoTask['status']

/** What a task goes through until it is where the demo shows it. It begins as the first. */
const paths: Record<Status, readonly Status[]> = {
  backlog: ['backlog'],
  todo: ['backlog', 'todo'],
  doing: ['todo', 'doing'],
  review: ['todo', 'doing', 'review'],
  done: ['todo', 'doing', 'review', 'done'],
  cancelled: ['backlog', 'cancelled'],
}

/** Every task as it was at first, made by the person who thought of it. */
export async function fillTasks(studio: Studio): Promise<void> {
  for (const [name, list] of Object.entries(tasks) as [ProjectName, readonly DemoTask[]][]) {
    const projectId = studio.projectOf[name]
    for (const { title } of list) studio.taskOf.set(title, { id: uuid7(), projectId })
    const placed = list.map((task, index) => ({ ...task, place: index + 1 }))
    // Whoever made the parents goes first.
    const makers = [...Map.groupBy(placed, task => task.by)].toSorted(([, a], [, b]) => subtasksIn(a) - subtasksIn(b))
    for (const [who, theirs] of makers) await createTasks(studio, who, { projectId, list: theirs })
  }
}

type Placed = DemoTask & { place: number }
const subtasksIn = (list: readonly Placed[]) => list.filter(task => task.parent).length

async function createTasks(
  { as, taskOf, tagOf, memberOf, services, ago }: Studio,
  who: Who,
  { projectId, list }: { projectId: string; list: readonly Placed[] },
): Promise<void> {
  const today = services.clock.today()
  await as(who, async db => {
    await db.insert(
      'task',
      list.map(task => ({
        id: taskOf.get(task.title)!.id,
        project_id: projectId,
        number: 0,
        title: task.title,
        description: task.text ?? '',
        status: paths[task.status][0]!,
        priority: task.priority ?? 'none',
        creator_id: memberOf[who],
        assignee_id: task.to ? memberOf[task.to] : null,
        parent_id: task.parent ? taskOf.get(task.parent)!.id : null,
        due_on: task.due === undefined ? null : today.add({ days: task.due }).toString(),
        start_on:
          task.due === undefined || !task.hours
            ? null
            : today.add({ days: task.due - Math.ceil(task.hours / 4) }).toString(),
        estimate_seconds: task.hours ? task.hours * 3600 : null,
        position: task.place * 1024,
        created_at: ago(Math.max(4, 16 - (task.due ?? 0)), `09:${String((task.place * 7) % 60).padStart(2, '0')}`),
      })),
    )
    const linked = <T>(of: (task: Placed) => readonly T[]) =>
      list.flatMap(task => of(task).map(other => ({ task_id: taskOf.get(task.title)!.id, other })))
    await db.link(
      'task_tag',
      linked(task => task.tags ?? []).map(({ task_id, other }) => ({ task_id, tag_id: tagOf[other] })),
    )
    await db.link(
      'task_viewer',
      linked(task => task.viewers ?? []).map(({ task_id, other }) => ({ task_id, member_id: memberOf[other] })),
    )
  })
}

/** Moves every task one step on: whoever works on it, and at the end whoever wanted it. */
export async function moveTasks({ as, taskOf }: Studio, round: number): Promise<void> {
  const moves = Object.values(tasks)
    .flat()
    .flatMap(task => {
      const to = paths[task.status][round + 1]
      const who = to === 'done' || to === 'cancelled' || !task.to ? task.by : task.to
      return to ? [{ id: taskOf.get(task.title)!.id, to, who }] : []
    })
  for (const [who, theirs] of Map.groupBy(moves, move => move.who)) {
    await as(who, async db => {
      for (const [to, same] of Map.groupBy(theirs, move => move.to)) {
        const closed = to === 'done' || to === 'cancelled'
        await db
          .update('task', 'update')
          .set({
            status: to,
            ...(closed ? { closed_at: sql<string>`task.created_at + (now() - task.created_at) * 0.6` } : {}),
          })
          .where('task.id', '=', sql<string>`any(${same.map(({ id }) => id)}::uuid[])`)
          .execute()
      }
    })
  }
}
