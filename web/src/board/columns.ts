import type { Task } from '#client'
import { between } from '#web/tasks/position.ts'
import { type Status, statuses } from '#web/tasks/task.ts'

export type Columns = Record<Status, Task[]>

export function columnsOf(tasks: readonly Task[]): Columns {
  const columns = Object.fromEntries(statuses.map(status => [status, [] as Task[]])) as Columns
  for (const task of tasks) columns[task.status].push(task)
  return columns
}

/** What a drag hovers over: a column's own id, or a card in one. */
export function columnAt(columns: Columns, id: string): Status | undefined {
  const column = statuses.find(status => id === columnId(status))
  return column ?? statuses.find(status => columns[status].some(task => task.id === id))
}

export const columnId = (status: Status) => `column/${status}`

/** The card taken out of where it is, and put at an index of a column. */
export function put(columns: Columns, task: Task, status: Status, index: number): Columns {
  const cleared = Object.entries(columns).map(([name, tasks]) => [name, tasks.filter(one => one.id !== task.id)])
  const next = Object.fromEntries(cleared) as Columns
  return { ...next, [status]: next[status].toSpliced(index, 0, { ...task, status }) }
}

/** What to save when a card lies where it lies; undefined where that is where it was. */
export function changesFor(columns: Columns, before: Task): { status?: Status; position?: number } | undefined {
  const status = columnAt(columns, before.id)
  if (!status) return undefined
  const tasks = columns[status]
  const index = tasks.findIndex(task => task.id === before.id)
  const [above, below] = [tasks[index - 1]?.position, tasks[index + 1]?.position]
  const fits = (above ?? -Infinity) < before.position && before.position < (below ?? Infinity)
  // What is closed is shown by when it was closed, so its place in the column says nothing.
  const moved = !fits && status !== 'done' && status !== 'cancelled'
  if (status === before.status && !moved) return undefined
  return {
    ...(status === before.status ? {} : { status }),
    ...(moved ? { position: between(above, below) } : {}),
  }
}
