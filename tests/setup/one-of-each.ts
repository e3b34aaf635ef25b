import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Person, World } from '#tests/setup/world.ts'

/** The id of one thing of each kind, under the name that routes give its parameter. */
export type OneOfEach = Record<(typeof kinds)[number], string>

const kinds = [
  'attachment',
  'comment',
  'delivery',
  'domain',
  'entry',
  'erasure',
  'event',
  'export',
  'import',
  'integration',
  'invitation',
  'member',
  'notification',
  'project',
  'role',
  'schedule',
  'tag',
  'task',
  'token',
  'view',
  'webhook',
] as const

/**
 * Makes one of each kind in a workspace, in a private project.
 * @param admin whose they are, as far as they are anybody's.
 * @param colleague is assigned the task by the admin, and so has a notification of it.
 */
export async function makeOneOfEach(
  world: World,
  workspace: 'acme' | 'globex',
  admin: Person,
  colleague: Person,
): Promise<OneOfEach> {
  const path = { workspace }
  const { api } = admin
  const name = `one of ${uuid7()}`
  const { id: project } = await api.createProject({ path, body: { name, private: true } })
  for (const { memberId: member } of [admin, colleague])
    await api.addProjectMember({ path: { ...path, project, member } })
  const { id: tag } = await api.createTag({ path, body: { name } })
  const body = { projectId: project, title: name, assigneeId: colleague.memberId, tagIds: [tag] }
  const { id: task } = await api.createTask({ path, body })
  const { id: comment } = await api.createComment({ path: { ...path, task }, body: { body: 'Seen' } })
  const file = () => {
    const form = new FormData()
    form.append('file', new Blob(['some text']), 'note.txt')
    return form
  }
  const { id: attachment } = await api.createAttachment({ path: { ...path, task }, form: file() })
  const startedAt = '2026-11-02T08:00:00Z'
  const entryBody = { projectId: project, taskId: task, startedAt, durationSeconds: 60 }
  const { id: entry } = await api.createTimeEntry({ path, body: entryBody })
  const { items: roles } = await api.listRoles({ path })
  const { permissions } = roles.find(({ builtin }) => builtin === 'member')!
  const { id: role } = await api.createRole({ path, body: { name, guest: false, permissions } })
  const invitationBody = { email: `new.${uuid7()}@${workspace}.example`, roleId: role }
  const { id: invitation } = await api.createInvitation({ path, body: invitationBody })
  const { id: token } = await api.createApiToken({ path, body: { name: 'one' } })
  const { id: view } = await api.createView({
    path,
    body: { name: 'one', layout: 'list', shared: false, filters: { project } },
  })
  const { id: webhook } = await api.createWebhook({ path, body: { url: 'https://hooks.example.eu/x', actions: [] } })
  const { id: integration } = await api.createIntegration({
    path,
    body: { kind: 'slack', name: 'one', url: 'https://hooks.slack.com/services/T000/B000/XXXX', actions: [] },
  })
  const form = new FormData()
  form.append('format', 'csv')
  form.append('file', new Blob(['Title\nOne\n']), 'tasks.csv')
  const { id: imported } = await api.createImport({ path, form })
  const exported = await putExport(world, workspace)
  const erasure = await putErasure(world, workspace, admin)
  const scheduleBody = { format: 'csv', every: 'daily', hour: 3 } as const
  const { id: schedule } = await api.createAuditExportSchedule({ path, body: scheduleBody })
  const { items: events } = await api.listAuditEvents({ path, query: { limit: 1 } })
  // The admin's own: that of somebody else would be unknown to the admin too.
  const notification = await notify(world, workspace, admin, task)
  const domain = await putDomain(world, workspace)
  const delivery = await putDelivery(world, workspace, webhook)
  const member = colleague.memberId
  return {
    ...{
      attachment,
      comment,
      delivery,
      domain,
      entry,
      event: events[0]!.id,
      import: imported,
      integration,
      invitation,
      member,
    },
    ...{ erasure, export: exported, notification, project, role, schedule, tag, task, token, view, webhook },
  }
}

async function notify(world: World, workspace: 'acme' | 'globex', { memberId }: Person, task: string): Promise<string> {
  const { schema } = world[workspace]
  const [row] = await world.superuser<{ id: string }>(
    `insert into ${schema}.notification (id, member_id, event_id, task_id, kind)
     select gen_random_uuid(), $1, e.id, $2, 'assigned' from ${schema}.audit_event e where e.task_id = $2 limit 1
     returning id`,
    [memberId, task],
  )
  return row!.id
}

// One that is over takes none of the places that a workspace has for those under way.
async function putExport(world: World, workspace: 'acme' | 'globex'): Promise<string> {
  const [row] = await world.superuser<{ id: string }>(
    `insert into ${world[workspace].schema}.audit_export (id, kind, format, status) values (gen_random_uuid(), 'export', 'csv', 'failed')
     returning id`,
  )
  return row!.id
}

// One that is over: nothing of the history of this test is erased.
async function putErasure(world: World, workspace: 'acme' | 'globex', { memberId }: Person): Promise<string> {
  const [row] = await world.superuser<{ id: string }>(
    `insert into ${world[workspace].schema}.audit_erasure (id, member_id, what, reason, status, finished_at)
     values (gen_random_uuid(), $1, '{names}', 'Asked for', 'done', now()) returning id`,
    [memberId],
  )
  return row!.id
}

// A provider that answers, and a domain with a DNS, are more than a thing to name.
async function putDomain(world: World, workspace: 'acme' | 'globex'): Promise<string> {
  const { id, schema } = world[workspace]
  const domain = `d${uuid7()}.example`
  await world.superuser(
    `insert into ${schema}.sign_on (id, issuer, client_id, role_id)
     select gen_random_uuid(), 'https://login.${workspace}.example', 'kontor', id from ${schema}.role where builtin = 'member'
     on conflict do nothing`,
  )
  await world.superuser(
    "insert into platform.sign_on_domain (workspace_id, domain, token, verified_at) values ($1, $2, 'x', now())",
    [id, domain],
  )
  return domain
}

// Where it leads is asked of no name server, and nobody answers there.
async function putDelivery(world: World, workspace: 'acme' | 'globex', webhook: string): Promise<string> {
  const { schema } = world[workspace]
  await world.superuser(`update ${schema}.webhook set url = 'https://127.0.0.1/x' where id = $1`, [webhook])
  const attempt = { at: '2026-11-02T10:00:00.000Z', durationMs: 1, responseStatus: 204, answer: '', error: null }
  const [row] = await world.superuser<{ id: string }>(
    `insert into ${schema}.webhook_delivery (webhook_id, id, action, status, attempts, attempt_count)
     select $1, e.id, e.action, 'delivered', $2, 1 from ${schema}.audit_event e where e.entity_id = $1 limit 1 returning id`,
    [webhook, JSON.stringify([attempt])],
  )
  return row!.id
}
