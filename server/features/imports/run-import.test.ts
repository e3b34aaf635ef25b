import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '#client'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { importForm, waitForImport } from '#tests/setup/import-file.ts'
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

const path = { workspace: 'acme' }
const sql = <T extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.asWorkspace<T>(world.acme.schema, text, values)

const begin = (api: Client, content: string, fields: Record<string, string> = { format: 'csv' }, name = 'tasks.csv') =>
  api.createImport({ path, form: importForm(content, name, fields) })

async function run(content: string, fields?: Record<string, string>, name?: string) {
  const { id } = await begin(world.acme.ada.api, content, fields, name)
  return waitForImport(world.acme.ada.api, 'acme', id)
}

/** Everything that an import writes, as one text. */
async function contents(): Promise<string> {
  const tables = ['project', 'task', 'comment', 'tag', 'task_tag', 'task_viewer', 'time_entry']
  const [row] = await sql<{ all: string }>(
    `select concat(${tables.map(t => `(select jsonb_agg(t order by t::text) from ${t} t)`).join(', ')}) as all`,
  )
  return row!.all
}

test('a file with one bad row changes nothing, and the row and its column are named', async () => {
  const before = await contents()
  const failed = await run('Title,Due date,Tags\nGood,2026-12-01,red\nBad,the day after,blue\n', {
    format: 'csv',
    mapping: JSON.stringify({
      columns: [
        { index: 0, header: 'Title', target: 'title' },
        { index: 1, header: 'Due date', target: 'due' },
        { index: 2, header: 'Tags', target: 'tags' },
      ],
    }),
  })
  expect(failed).toMatchObject({
    status: 'failed',
    doneCount: 0,
    result: { problems: [{ row: 3, column: 'Due date' }], created: { tasks: 0 } },
  })
  expect(failed.finishedAt).not.toBeNull()
  expect(await contents()).toBe(before)
})

test('people are found by address, then by name; who is not found keeps the name, and it is said', async () => {
  const done = await run(
    `Title,Assignee,Watchers,Created by,Project
Draw,mia@acme.example,"TOM, Zoe",Max,Kinship
Paint,zoe@elsewhere.example,,,kinship
`,
  )
  expect(done).toMatchObject({ status: 'done', result: { created: { tasks: 2, projects: 1, viewers: 1 } } })
  const page = await world.acme.ada.api.listTasks({ path, query: { q: 'Draw' } })
  const { mia, tom, max } = world.acme
  expect(page.items[0]).toMatchObject({ assigneeId: mia.memberId, viewerIds: [tom.memberId], creatorId: max.memberId })
  expect(page.items[0]?.description).toContain('| Viewer | Zoe |')
  const said = done.result!.converted.map(({ what }) => what)
  expect(said).toEqual(expect.arrayContaining(['Viewer "Zoe"', 'Assignee "zoe@elsewhere.example"']))
})

test('a subtask may stand above its parent, far above it even, and the numbers follow the file', async () => {
  const rows = Array.from({ length: 600 }, (_, i) => `Filler ${i},`)
  const done = await run(
    ['Title,Parent', 'Below,Above', ...rows, 'Above,'].join('\n'),
    { format: 'csv' },
    'parents.csv',
  )
  expect(done).toMatchObject({ status: 'done', result: { created: { tasks: 602 } } })
  const [found] = await sql(`select c.number as child, p.number as parent, c.version from task c
    join task p on p.id = c.parent_id where c.title = 'Below'`)
  expect(found).toEqual({ child: 1, parent: 602, version: 1 })
})

test('an import that is killed in the middle runs again, and nothing is doubled or half there', async () => {
  const rows = Array.from({ length: 6_000 }, (_, i) => `Killed ${i},"red, blue",a comment on ${i}`)
  const { id } = await begin(
    world.acme.ada.api,
    ['Title,Tags,Comment', ...rows].join('\n'),
    { format: 'csv' },
    'killed.csv',
  )
  let seen = 0
  while (seen === 0) seen = (await world.acme.ada.api.getImport({ path: { ...path, import: id } })).doneCount
  const killed = await world.superuser<{ done: boolean }>(
    `select pg_terminate_backend(pid) as done from pg_stat_activity
     where datname = current_database() and usename = $1 and backend_xid is not null
       and query ~ 'insert into "?(task|comment)'`,
    [world.acme.schema],
  )
  expect(killed).toHaveLength(1)
  const after = await sql(`select from task where title like 'Killed %'`)
  expect(after).toHaveLength(0)
  const done = await waitForImport(world.acme.ada.api, 'acme', id)
  expect(done).toMatchObject({
    status: 'done',
    doneCount: 12_000,
    result: { created: { tasks: 6_000, comments: 6_000 } },
  })
  const [found] = await sql(
    `select count(*)::int as tasks, count(distinct title)::int as titles, max(number) as last,
    (select attempts from import where id = $1) as attempts from task where title like 'Killed %'`,
    [id],
  )
  expect(found).toEqual({ tasks: 6_000, titles: 6_000, last: 6_000, attempts: 2 })
}, 90_000)

test('a job that comes a second time finds nothing to do', async () => {
  const done = await run('Title\nOnce\n')
  const before = await contents()
  const payload = { workspaceId: world.acme.id, importId: done.id, memberId: world.acme.ada.memberId }
  await handlers['run-import'](world.services, payload, new AbortController().signal)
  expect(await contents()).toBe(before)
  const again = await world.acme.ada.api.getImport({ path: { ...path, import: done.id } })
  expect(again).toEqual(done)
})

test('two imports at once both arrive whole, with the tag and the project that they share made once', async () => {
  const file = (who: string) =>
    ['Title,Tags,Project', ...Array.from({ length: 300 }, (_, i) => `${who} ${i},Shared,Together`)].join('\n')
  const begun = await Promise.all([begin(world.acme.ada.api, file('ada')), begin(world.acme.max.api, file('max'))])
  const ended = await Promise.all(begun.map(({ id }) => waitForImport(world.acme.ada.api, 'acme', id)))
  expect(ended.map(({ status }) => status)).toEqual(['done', 'done'])
  const [found] = await sql(`select count(*)::int as tasks, count(distinct t.number)::int as numbers,
    count(distinct p.id)::int as projects,
    (select count(*)::int from tag where lower(name) = 'shared') as tags
    from task t join project p on p.id = t.project_id where p.name = 'Together'`)
  expect(found).toEqual({ tasks: 600, numbers: 600, projects: 1, tags: 1 })
})

test('members and guests may not import, nor look into a file', async () => {
  for (const { api } of [world.acme.mia, world.acme.gus]) {
    await expect(begin(api, 'Title\nNo\n')).rejects.toMatchObject({ status: 403 })
    await expect(api.previewImport({ path, form: importForm('Title\nNo\n', 'a.csv') })).rejects.toMatchObject({
      status: 403,
    })
  }
  await expect(begin(world.globex.gina.api, 'Title\nNo\n')).rejects.toMatchObject({ status: 401 })
})

test("one reads one's own imports; an admin reads everybody's", async () => {
  const { id } = await begin(world.acme.max.api, 'Title\nMine\n')
  await waitForImport(world.acme.max.api, 'acme', id)
  expect((await world.acme.ada.api.listImports({ path })).items[0]).toMatchObject({
    id,
    memberId: world.acme.max.memberId,
  })
  expect((await world.acme.mia.api.listImports({ path })).items).toEqual([])
  await expect(world.acme.mia.api.getImport({ path: { ...path, import: id } })).rejects.toMatchObject({ status: 404 })
})

test('a project of another workspace is as unknown as a random id, and an archived one takes nothing', async () => {
  const { id: foreign } = await world.globex.gina.api.createProject({
    path: { workspace: 'globex' },
    body: { name: 'Secret' },
  })
  const asked = begin(world.acme.ada.api, 'Title\nSpy\n', { format: 'csv', project: foreign })
  await expect(asked).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/project' }] })
  const { id } = await world.acme.ada.api.createProject({ path, body: { name: 'Old' } })
  await world.acme.ada.api.updateProject({ path: { ...path, project: id }, body: { archived: true } })
  await expect(begin(world.acme.ada.api, 'Title\nLate\n', { format: 'csv', project: id })).rejects.toMatchObject({
    status: 422,
  })
})

test('with a project named, everything goes there and the names of the projects are kept', async () => {
  const { id } = await world.acme.ada.api.createProject({ path, body: { name: 'Target', key: 'TGT' } })
  const done = await run('Title,Project\nOne,A\nTwo,B\n', { format: 'csv', project: id })
  expect(done.result).toMatchObject({ created: { projects: 0, tasks: 2 } })
  const { items } = await world.acme.ada.api.listTasks({ path, query: { project: id } })
  expect(items.map(({ key, description }) => [key, description.includes('| Project | ')])).toEqual([
    ['TGT-1', true],
    ['TGT-2', true],
  ])
})

test('a member who was deactivated meanwhile imports nothing', async () => {
  const { tom } = world.acme
  await sql(`update member set role_id = (select id from role where builtin = 'manager') where id = $1`, [tom.memberId])
  await worker.stop()
  const { id } = await begin(tom.api, 'Title\nGone\n')
  await sql('update member set active = false where id = $1', [tom.memberId])
  worker = await startWorker(world.services, handlers as never)
  const failed = await waitForImport(world.acme.ada.api, 'acme', id)
  expect(failed).toMatchObject({
    status: 'failed',
    result: { problems: [{ message: expect.stringContaining('no longer') }] },
  })
  expect(await sql(`select from task where title = 'Gone'`)).toHaveLength(0)
})

test('the file is gone once the import has ended', async () => {
  const done = await run('Title\nKept\n')
  const { storage } = world.services
  // It goes after the commit, which somebody who asks may see first.
  const fault = () =>
    storage
      .read(world.acme, done.id)
      .toArray()
      .then(
        () => 'it is there',
        (error: NodeJS.ErrnoException) => error.code,
      )
  await expect.poll(fault, { timeout: 10_000 }).toBe('ENOENT')
})

test('a spreadsheet, a mapping that is no JSON and an unknown format are refused', async () => {
  const failed = await run('PK\u0003\u0004not a table', { format: 'auto' }, 'book.xlsx')
  expect(failed).toMatchObject({
    status: 'failed',
    result: { problems: [{ message: expect.stringContaining('neither a CSV') }] },
  })
  await expect(begin(world.acme.ada.api, 'Title\nA\n', { format: 'csv', mapping: '{' })).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/mapping' }],
  })
  await expect(begin(world.acme.ada.api, 'Title\nA\n', { format: 'excel' })).rejects.toMatchObject({
    status: 400,
    errors: [{ pointer: '/format' }],
  })
})

test('a preview suggests a mapping that the import takes as it is, and stores nothing', async () => {
  const file = 'Name,State,When\nFirst,In progress,03/04/2026\nSecond,Blocked,05/04/2026\n'
  const preview = await world.acme.max.api.previewImport({ path, form: importForm(file, 'list.csv') })
  expect(preview).toMatchObject({
    format: 'csv',
    rowCount: 2,
    lists: [],
    problems: [],
    columns: [{ header: 'Name', target: 'title', samples: ['First', 'Second'] }, {}, {}],
  })
  const done = await run(file, { format: 'csv', mapping: JSON.stringify(preview.mapping) }, 'list.csv')
  expect(done).toMatchObject({ status: 'done', result: { created: { tasks: 2 } } })
})

test('a file of more than 50 MB is refused', async () => {
  const file = new Uint8Array(50 * 1024 * 1024 + 1).fill(97)
  const form = () => importForm(file, 'big.csv')
  await expect(world.acme.ada.api.createImport({ path, form: form() })).rejects.toMatchObject({ status: 413 })
  await expect(world.acme.ada.api.previewImport({ path, form: form() })).rejects.toMatchObject({ status: 413 })
})
