import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Import } from '#client'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { importForm, sample, waitForImport } from '#tests/setup/import-file.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let worker: Awaited<ReturnType<typeof startWorker>>
beforeAll(async () => {
  world = await createWorld()
  worker = await startWorker(world.services, handlers as never)
})
afterAll(async () => {
  await worker.stop()
  await world.close()
})

const sql = <T extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.asWorkspace<T>(world.acme.schema, text, values)

/** Imports a sample as Ada, and counts what the import's own events say that it made. */
async function importSample(name: string) {
  const { api, memberId } = world.acme.ada
  const begun = await api.createImport({ path: { workspace: 'acme' }, form: importForm(sample(name), name) })
  expect(begun).toMatchObject({
    status: 'waiting',
    doneCount: 0,
    totalCount: 0,
    result: null,
    fileName: name,
    memberId,
  })
  const done = await waitForImport(api, 'acme', begun.id)
  expect(done).toMatchObject({ status: 'done', doneCount: done.totalCount, result: { problems: [] } })
  const rows = await sql<{ action: string; n: string }>(
    'select action, count(*) as n from audit_event where request_id = $1 and member_id = $2 group by action',
    [begun.id, memberId],
  )
  const events: Record<string, number> = Object.fromEntries(rows.map(({ action, n }) => [action, Number(n)]))
  expect(events['task.created']).toBe(done.result?.created.tasks)
  expect(events['comment.created'] ?? 0).toBe(done.result?.created.comments)
  return { done, events }
}

function said(done: Import, list: 'converted' | 'notTaken', what: string): number | undefined {
  return done.result?.[list].find(note => note.what === what)?.count
}

test('a Trello board arrives with 122 cards, and says that 40 of 133 comments are not in the file', async () => {
  const { done } = await importSample('trello-gocd-testdrive.json')
  expect(done.result).toMatchObject({ tool: 'trello', created: { projects: 1, tasks: 122, comments: 93, links: 59 } })
  expect(said(done, 'notTaken', 'Comments')).toBe(40)
  expect(said(done, 'converted', 'Checklist items')).toBe(62)
  const [found] = await sql<
    Record<string, string>
  >(`select count(*) as tasks, count(due_on) as due, count(closed_at) as closed,
    sum(array_length(regexp_split_to_array(description, '(?n)^- \\[[ x]\\] '), 1) - 1) as items,
    min(created_at)::date::text as first,
    count(distinct number) as numbers, max(number) as last, min(position) as low, max(position) as high from task`)
  expect(found).toMatchObject({
    tasks: '122',
    due: '25',
    items: '62',
    numbers: '122',
    last: 122,
    low: 1024,
    high: 122 * 1024,
  })
  // Trello's ids begin with the second of their making.
  const board = JSON.parse(new TextDecoder().decode(sample('trello-gocd-testdrive.json'))) as {
    cards: { id: string }[]
  }
  const first = Math.min(...board.cards.map(({ id }) => Number.parseInt(id.slice(0, 8), 16) * 1000))
  expect(found?.first).toBe(new Date(first).toISOString().slice(0, 10))
  const comments = await sql<{ author_name: string; own: boolean }>(
    'select author_name, author_id is not null as own from comment',
  )
  expect(comments.every(({ author_name, own }) => author_name !== '' && !own)).toBe(true)
  const [dates] = await sql<{
    newest: boolean
    ordered: boolean
  }>(`select max(created_at) < now() - interval '1 day' as newest,
    (select array_agg(created_at order by id) = array_agg(created_at order by created_at, id) from comment) as ordered
    from comment`)
  expect(dates).toEqual({ newest: true, ordered: true })
})

test('a second import of a file reuses project and tags, and its tasks come after those that are there', async () => {
  const { done } = await importSample('trello-gocd-testdrive.json')
  expect(done.result).toMatchObject({ created: { projects: 0, tags: 0, tasks: 122 }, reused: { projects: 1 } })
  const [found] = await sql<Record<string, number>>(
    'select count(distinct position)::int as positions, max(number) as last from task',
  )
  expect(found).toEqual({ positions: 244, last: 244 })
})

test('Trello fields that Kontor does not know stand in the description', async () => {
  const { done } = await importSample('trello-project100-customfields.json')
  expect(done.result?.created).toMatchObject({ tasks: 3 })
  const rows = await sql<{ description: string }>(
    `select t.description from task t join project p on p.id = t.project_id where t.description like '%Test User%'`,
  )
  expect(rows).toHaveLength(3)
  expect(rows.every(({ description }) => description.includes('| Assignee | Test User |'))).toBe(true)
})

test('Jira: 22 issues and 17 comments', async () => {
  const { done, events } = await importSample('jira-planeso-dupcolumns.csv')
  expect(done.result).toMatchObject({ tool: 'jira', created: { tasks: 22, comments: 17, links: 3 } })
  expect(events).toMatchObject({ 'project.created': 1, 'task.tag_added': 18 })
  expect(said(done, 'notTaken', 'Column "Votes"')).toBe(22)
})

test('Asana: 13 tasks in two projects, three of them below another', async () => {
  const { done } = await importSample('asana-sample.csv')
  expect(done.result).toMatchObject({ tool: 'asana', created: { tasks: 13, projects: 2 } })
  const subtasks =
    await sql(`select c.title from task c join task p on p.id = c.parent_id and p.project_id = c.project_id
    where p.title like 'Test task 2 with%' order by c.number`)
  expect(subtasks.map(row => row.title)).toEqual(['Subtask1', 'Subtask2', 'Subtask3'])
})

test("Asana's JSON brings tasks and subtasks", async () => {
  const { done } = await importSample('asana-api-tasks-subtasks.json')
  expect(done).toMatchObject({ format: 'asana' })
  expect(done.result?.created.tasks).toBeGreaterThanOrEqual(2)
})

test('ClickUp: 6 rows, with the three subtasks in one of their cells', async () => {
  const { done } = await importSample('clickup-import-sample.csv')
  expect(done.result).toMatchObject({ tool: 'clickup', created: { tasks: 9 } })
})

test('TickTick: 17 tasks in three lists', async () => {
  const { done } = await importSample('ticktick-v72-backup.csv')
  expect(done.result).toMatchObject({ tool: 'ticktick', created: { tasks: 17, projects: 3 } })
  const [groceries] = await sql<{ status: string; closed_at: string }>(
    `select status, closed_at::text from task where title = 'Buy groceries'`,
  )
  expect(groceries).toMatchObject({ status: 'done', closed_at: expect.stringContaining('2026-02-13 15:05:51') })
})

test('Notion: 39 rows, with the dates of their ranges', async () => {
  const { done } = await importSample('notion-gantt-ja.csv')
  expect(done.result).toMatchObject({ tool: 'notion', created: { tasks: 39 }, notTaken: [] })
  const [dates] = await sql<Record<string, number>>(`select count(*)::int as n, count(t.due_on)::int as due from task t
    join project p on p.id = t.project_id where p.name = 'notion-gantt-ja'`)
  expect(dates).toEqual({ n: 39, due: 39 })
})
