import { createClient } from '#client'
import { apiToken, hashToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { columns } from '#tests/permissions/expected.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

export type Column = (typeof columns)[number]
/** Kind of thing → its relation to the caller → id. */
export type Things = Record<string, Record<string, string>>
export type MatrixWorld = World & { people: Record<Column, Person>; things: Record<Column, Things>; zoe: Person }

// Each action of the work has another scope than its neighbours, so that no two can be mixed up unnoticed.
const dispatcher = {
  project: { read: 'all', write: 'project' },
  task: { read: 'all', create: 'project', update: 'own', delete: 'own' },
  comment: { read: 'all', create: 'project', update: 'own', delete: 'project' },
  attachment: { read: 'project', create: 'own', delete: 'own' },
  tag: { read: 'all', create: 'all', update: 'all', delete: 'none' },
  time_entry: { read: 'project', write: 'own' },
  member: { read: 'all', write: 'none' },
  role: { read: 'all', write: 'none' },
  workspace: { read: 'all', write: 'none' },
  integration: { read: 'all', write: 'none' },
  webhook: { read: 'none', write: 'none' },
  audit: { read: 'project', export: 'none' },
} as const

const path = { workspace: 'acme' }

/** Five people, one for each role, and for each of them one of everything in each relation to them. */
export async function createMatrixWorld(): Promise<MatrixWorld> {
  const world = await createWorld({ limits: { perLogin: 5 } })
  await world.prepareQueue()
  const { ada, max, mia, gus, tom } = world.acme
  const { id: roleId } = await ada.api.createRole({
    path,
    body: { name: 'Dispatcher', guest: false, permissions: dispatcher },
  })
  await ada.api.updateMember({ path: { ...path, member: tom.memberId }, body: { roleId } })
  const people = { admin: ada, manager: max, member: mia, guest: gus, dispatcher: tom }
  // Whatever is somebody else's is Zoe's: a second admin, who is Hugo in the other workspace.
  const zoe = await addZoe(world)
  const things = {} as Record<Column, Things>
  for (const [column, person] of Object.entries(people)) things[column as Column] = await makeThings(world, person, zoe)
  return { ...world, people, things, zoe }
}

async function addZoe(world: World): Promise<Person> {
  const { hugo } = world.globex
  const { schema } = world.acme
  const memberId = uuid7()
  await world.superuser(
    `insert into ${schema}.member (id, account_id, email, name, role_id, confirmed_at)
     select $1, $2, 'zoe@acme.example', 'Zoe', id, now() from ${schema}.role where builtin = 'admin'`,
    [memberId, hugo.accountId],
  )
  const token = apiToken()
  await world.superuser(
    `insert into ${schema}.api_token (id, member_id, name, token_hash) values ($1, $2, 'zoe', $3)`,
    [uuid7(), memberId, hashToken(token)],
  )
  return { ...hugo, memberId, token, email: 'zoe@acme.example', api: createClient({ baseUrl: world.url, token }) }
}

async function makeThings(world: World, { memberId: me, api: mine }: Person, zoe: Person): Promise<Things> {
  const { api, memberId: hers } = zoe
  const name = uuid7()
  const projects: Record<string, string> = {}
  for (const relation of ['own', 'project', 'other']) {
    const { id } = await api.createProject({ path, body: { name: `${relation} ${name}`, private: true } })
    projects[relation] = id
    await api.addProjectMember({ path: { ...path, project: id, member: hers } })
    if (relation !== 'other') await api.addProjectMember({ path: { ...path, project: id, member: me } })
  }
  const tags = { own: '', other: '' }
  for (const relation of ['own', 'other'] as const)
    tags[relation] = (await api.createTag({ path, body: { name: `${relation} ${name}` } })).id
  const things: Things = {
    project: projects,
    tag: tags,
    ...{ task: {}, comment: {}, attachment: {}, entry: {}, event: {}, role: {}, token: {}, import: {} },
    ...{ notification: {}, view: {} },
    member: {
      own: me,
      project: hers,
      other: (world.acme.mia.memberId === me ? world.acme.ada : world.acme.mia).memberId,
    },
  }
  for (const relation of ['own', 'project', 'other', 'assigned', 'viewed'] as const) {
    const isMine = relation === 'own' || relation === 'assigned'
    const { id: task } = await api.createTask({
      path,
      body: {
        projectId: projects[relation] ?? projects.other!,
        title: `${relation} ${name}`,
        assigneeId: isMine ? me : hers,
        viewerIds: relation === 'viewed' ? [me] : [],
        tagIds: relation === 'own' ? [tags.own] : [],
      },
    })
    things.task![relation] = task
    await addTo(world, things, { task, relation, me, hers, name, api })
  }
  await addPersonal(world, things, { me, hers, mine, api, name })
  return things
}

type Place = { task: string; relation: string; me: string; hers: string; name: string; api: Person['api'] }

async function addTo(world: World, things: Things, { task, relation, me, hers, name, api }: Place): Promise<void> {
  const { schema } = world.acme
  const author = relation === 'own' ? me : hers
  const comment = uuid7()
  await world.superuser(`insert into ${schema}.comment (id, task_id, author_id, body) values ($1, $2, $3, $4)`, [
    comment,
    task,
    author,
    `${relation} remark ${name}`,
  ])
  things.comment![relation] = comment
  const attachment = await attach(api, task)
  await world.superuser(`update ${schema}.attachment set creator_id = $2 where id = $1`, [attachment, author])
  things.attachment![relation] = attachment
  const entry = uuid7()
  await world.superuser(
    `insert into ${schema}.time_entry (id, member_id, project_id, task_id, started_at, ended_at, note)
     select $1, $2, t.project_id, t.id, '2026-11-02T08:00:00Z', '2026-11-02T09:00:00Z', $4 from ${schema}.task t where t.id = $3`,
    [entry, author, task, `${relation} ${name}`],
  )
  things.entry![relation] = entry
  const [event] = await world.superuser<{ id: string }>(
    `select id from ${schema}.audit_event where entity_id = $1 and action = 'task.created'`,
    [task],
  )
  things.event![relation] = event!.id
}

/** Attaches a small file as an admin. */
export async function attach(api: Person['api'], task: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob(['some text']), 'note.txt')
  return (await api.createAttachment({ path: { ...path, task }, form })).id
}

type Personal = { me: string; hers: string; mine: Person['api']; api: Person['api']; name: string }

async function addPersonal(world: World, things: Things, { me, hers, mine, api, name }: Personal): Promise<void> {
  const { schema } = world.acme
  const [own] = await world.superuser<{ role_id: string }>(`select role_id from ${schema}.member where id = $1`, [me])
  const { permissions } = await api.getMe({ path })
  things.role = {
    own: own!.role_id,
    other: (await api.createRole({ path, body: { name, guest: false, permissions } })).id,
  }
  things.token = {
    own: (await mine.createApiToken({ path, body: { name } })).id,
    other: (await api.createApiToken({ path, body: { name } })).id,
  }
  const view = (shared: boolean) => ({ name, layout: 'list' as const, shared, filters: {} })
  things.view = {
    own: (await mine.createView({ path, body: view(false) })).id,
    shared: (await api.createView({ path, body: view(true) })).id,
    other: (await api.createView({ path, body: view(false) })).id,
  }
  for (const [relation, member] of Object.entries({ own: me, other: hers })) {
    const [made] = await world.superuser<{ notification: string; import: string }>(
      `with n as (insert into ${schema}.notification (id, member_id, event_id, task_id, kind)
         values (gen_random_uuid(), $1, gen_random_uuid(), $2, 'assigned') returning id),
       i as (insert into ${schema}.import (id, member_id, format, file_name, status)
         values (gen_random_uuid(), $1, 'csv', 'x.csv', 'failed') returning id)
       select n.id as notification, i.id as import from n, i`,
      [member, things.task!.own],
    )
    things.notification![relation] = made!.notification
    things.import![relation] = made!.import
  }
}
