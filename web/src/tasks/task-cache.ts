import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Task } from '#client'
import { keyIn } from '#web/queries/keys.ts'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { matches } from '#web/tasks/task-filters.ts'

type Page = { items: Task[]; nextCursor: string | null }
type Pages = InfiniteData<Page, string | undefined>

/** The task as it is known here, wherever that is. */
export function findTask(client: QueryClient, workspace: string, id: string): Task | undefined {
  const alone = client.getQueryData<Task>(keyIn(workspace, 'task', 'one', id))
  if (alone) return alone
  const lists = client.getQueriesData<Pages>({ queryKey: keyIn(workspace, 'task', 'list') })
  return lists.flatMap(([, pages]) => pages?.pages.flatMap(page => page.items) ?? []).find(task => task.id === id)
}

/** Shows a task everywhere as it is now: in its place in each list it belongs in, and in no other. */
export function showTask(client: QueryClient, workspace: string, task: Task, insteadOf = task.id): void {
  const alone = keyIn(workspace, 'task', 'one', task.id)
  if (client.getQueryData(alone)) client.setQueryData(alone, task)
  eachList(client, workspace, (pages, filters) => {
    const there = pages.pages.some(page => page.items.some(one => one.id === insteadOf))
    const belongs = matches(filters, task) ?? there
    if (!there && !belongs) return pages
    const cleared = without(pages, insteadOf, there && belongs ? task : undefined)
    if (belongs && (!there || isMoved(cleared, task))) return placed(without(cleared, task.id), task, filters)
    return belongs ? cleared : without(cleared, task.id)
  })
}

export function forgetTask(client: QueryClient, workspace: string, id: string): void {
  eachList(client, workspace, pages => without(pages, id))
}

/** What all lists show now, and a way back to it. */
export async function holdTasks(client: QueryClient, workspace: string): Promise<() => void> {
  await client.cancelQueries({ queryKey: keyIn(workspace, 'task') })
  const before = client.getQueriesData({ queryKey: keyIn(workspace, 'task') })
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data)
  }
}

function eachList(client: QueryClient, workspace: string, change: (pages: Pages, filters: TaskFilters) => Pages): void {
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: keyIn(workspace, 'task', 'list') })) {
    if (pages) client.setQueryData(key, change(pages, key[4] as TaskFilters))
  }
}

function without(pages: Pages, id: string, replacement?: Task): Pages {
  const items = (page: Page) => page.items.flatMap(task => (task.id !== id ? [task] : replacement ? [replacement] : []))
  return { ...pages, pages: pages.pages.map(page => ({ ...page, items: items(page) })) }
}

function isMoved(pages: Pages, task: Task): boolean {
  const items = pages.pages.flatMap(page => page.items)
  const at = items.findIndex(one => one.id === task.id)
  const [before, after] = [items[at - 1], items[at + 1]]
  return (before?.position ?? -Infinity) > task.position || (after?.position ?? Infinity) < task.position
}

// In an order that only the server knows, a newcomer goes to the end of what is loaded until the list is read again.
function placed(pages: Pages, task: Task, { sort = 'position' }: TaskFilters): Pages {
  const last = pages.pages.length - 1
  const at =
    sort === 'position' ? pages.pages.findIndex(page => page.items.some(one => one.position > task.position)) : last
  const target = at === -1 ? last : at
  const insert = (items: Task[]) => {
    const index = sort === 'position' ? items.findIndex(one => one.position > task.position) : -1
    return index === -1 ? [...items, task] : items.toSpliced(index, 0, task)
  }
  const hidden = at === -1 && sort === 'position' && pages.pages[last]?.nextCursor
  if (hidden) return pages
  return {
    ...pages,
    pages: pages.pages.map((page, i) => (i === target ? { ...page, items: insert(page.items) } : page)),
  }
}
