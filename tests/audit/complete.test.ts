import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { eraseAudit } from '#server/features/audit-erasures/index.ts'
import { features } from '#server/features/index.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { methodOf } from '#server/http/operation.ts'
import { signedInAs } from '#tests/setup/browser.ts'
import { importForm } from '#tests/setup/import-file.ts'
import { makeOneOfEach, type OneOfEach } from '#tests/setup/one-of-each.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'
import { publicUrl } from '#tests/sign-on/connect.ts'
import { client, type IdentityProvider, startIdentityProvider } from '#tests/sign-on/identity-provider.ts'
import { startNameServer } from '#tests/sign-on/name-server.ts'

const path = { workspace: 'acme' }
let world: World
let ada: Person
let one: OneOfEach
let provider: IdentityProvider
let dns: Awaited<ReturnType<typeof startNameServer>>
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: publicUrl } })
  await world.prepareQueue()
  provider = await startIdentityProvider({ publicUrl })
  dns = await startNameServer()
  world.services.dns.setServers([dns.address])
  ada = world.acme.ada
  one = await makeOneOfEach(world, 'acme', ada, world.acme.mia)
  // What one of each has of a provider was put there by hand.
  await world.superuser(`delete from ${world.acme.schema}.sign_on`)
  await world.superuser('delete from platform.sign_on_domain')
}, 60_000)
afterAll(async () => {
  await dns.close()
  await provider.close()
  await world.close()
})

type Step = { do: () => Promise<unknown>; leaves: string[] }
const file = () => {
  const form = new FormData()
  form.append('file', new Blob(['some text']), 'note.txt')
  return form
}
const api = new Proxy({} as Person['api'], { get: (_, name) => ada.api[name as keyof Person['api']] })
const id = (name: keyof OneOfEach) => ({ ...path, [name]: one[name] }) as never

/** Every operation that changes something, in an order in which each finds what it needs, and the events it leaves. */
const steps: Record<string, Step> = {
  updateWorkspace: {
    do: () => api.updateWorkspace({ path, body: { name: 'Acme Europe' } }),
    leaves: ['workspace.updated'],
  },
  connectSingleSignOn: {
    do: () => api.connectSingleSignOn({ path, body: { issuer: provider.issuer, ...client, roleId: one.role } }),
    leaves: ['sign_on.created'],
  },
  addSignOnDomain: {
    do: async () => {
      const { record } = await api.addSignOnDomain({ path, body: { domain: 'acme.example' } })
      dns.records.set('_kontor.acme.example', [record.value])
    },
    leaves: ['sign_on.updated'],
  },
  verifySignOnDomain: {
    do: () => api.verifySignOnDomain({ path: { ...path, domain: 'acme.example' } }),
    leaves: ['sign_on.updated'],
  },
  removeSignOnDomain: {
    do: () => api.removeSignOnDomain({ path: { ...path, domain: 'acme.example' } }),
    leaves: ['sign_on.updated'],
  },
  disconnectSingleSignOn: { do: () => api.disconnectSingleSignOn({ path }), leaves: ['sign_on.deleted'] },
  createProject: { do: () => api.createProject({ path, body: { name: 'New' } }), leaves: ['project.created'] },
  updateProject: {
    do: () => api.updateProject({ path: id('project'), body: { description: 'More' } }),
    leaves: ['project.updated'],
  },
  addProjectMember: {
    do: () => api.addProjectMember({ path: { ...path, project: one.project, member: world.acme.tom.memberId } }),
    leaves: ['project.member_added'],
  },
  removeProjectMember: {
    do: () => api.removeProjectMember({ path: { ...path, project: one.project, member: world.acme.tom.memberId } }),
    leaves: ['project.member_removed'],
  },
  createTask: {
    do: () =>
      api.createTask({
        path,
        body: { projectId: one.project, title: 'New', tagIds: [one.tag], viewerIds: [ada.memberId] },
      }),
    leaves: ['task.created', 'task.tag_added', 'task.viewer_added'],
  },
  updateTask: { do: () => api.updateTask({ path: id('task'), body: { status: 'doing' } }), leaves: ['task.updated'] },
  removeTagFromTask: {
    do: () => api.removeTagFromTask({ path: { ...path, task: one.task, tag: one.tag } }),
    leaves: ['task.tag_removed'],
  },
  addTagToTask: {
    do: () => api.addTagToTask({ path: { ...path, task: one.task, tag: one.tag } }),
    leaves: ['task.tag_added'],
  },
  addViewerToTask: {
    do: () => api.addViewerToTask({ path: { ...path, task: one.task, member: world.acme.max.memberId } }),
    leaves: ['task.viewer_added'],
  },
  removeViewerFromTask: {
    do: () => api.removeViewerFromTask({ path: { ...path, task: one.task, member: world.acme.max.memberId } }),
    leaves: ['task.viewer_removed'],
  },
  createComment: {
    do: () => api.createComment({ path: { ...path, task: one.task }, body: { body: 'New' } }),
    leaves: ['comment.created'],
  },
  updateComment: {
    do: () => api.updateComment({ path: id('comment'), body: { body: 'Changed' } }),
    leaves: ['comment.updated'],
  },
  deleteComment: { do: () => api.deleteComment({ path: id('comment') }), leaves: ['comment.deleted'] },
  createAttachment: {
    do: () => api.createAttachment({ path: { ...path, task: one.task }, form: file() }),
    leaves: ['attachment.created'],
  },
  deleteAttachment: { do: () => api.deleteAttachment({ path: id('attachment') }), leaves: ['attachment.deleted'] },
  createTag: { do: () => api.createTag({ path, body: { name: 'new' } }), leaves: ['tag.created'] },
  updateTag: { do: () => api.updateTag({ path: id('tag'), body: { color: '#112233' } }), leaves: ['tag.updated'] },
  createTimeEntry: {
    do: () =>
      api.createTimeEntry({
        path,
        body: { projectId: one.project, startedAt: '2026-11-03T08:00:00Z', durationSeconds: 60 },
      }),
    leaves: ['time_entry.created'],
  },
  updateTimeEntry: {
    do: () => api.updateTimeEntry({ path: id('entry'), body: { note: 'Why' } }),
    leaves: ['time_entry.updated'],
  },
  deleteTimeEntry: { do: () => api.deleteTimeEntry({ path: id('entry') }), leaves: ['time_entry.deleted'] },
  startTimer: { do: () => api.startTimer({ path, body: { projectId: one.project } }), leaves: ['time_entry.created'] },
  stopTimer: { do: () => api.stopTimer({ path }), leaves: ['time_entry.updated'] },
  updateNotificationSettings: {
    do: () => api.updateNotificationSettings({ path, body: { digest: 'daily' } }),
    leaves: ['member.updated'],
  },
  createImport: {
    do: () => api.createImport({ path, form: importForm('Title\nOne\n', 'tasks.csv', { format: 'csv' }) }),
    leaves: ['import.created'],
  },
  createAuditExport: {
    do: () => api.createAuditExport({ path, body: { format: 'ndjson' } }),
    leaves: ['audit_export.created'],
  },
  deleteAuditExport: { do: () => api.deleteAuditExport({ path: id('export') }), leaves: ['audit_export.deleted'] },
  createAuditExportSchedule: {
    do: () => api.createAuditExportSchedule({ path, body: { format: 'csv', every: 'weekly', hour: 6 } }),
    leaves: ['audit_export.created'],
  },
  updateAuditExportSchedule: {
    do: () => api.updateAuditExportSchedule({ path: id('schedule'), body: { every: 'monthly' } }),
    leaves: ['audit_export.updated'],
  },
  deleteAuditExportSchedule: {
    do: () => api.deleteAuditExportSchedule({ path: id('schedule') }),
    leaves: ['audit_export.deleted'],
  },
  createAuditErasure: {
    do: async () => {
      const { api } = await signedInAs(world, ada)
      await forgetEvents()
      const body = { memberId: world.acme.tom.memberId, what: ['words' as const], reason: 'Asked for' }
      const { id: erasureId } = await api.createAuditErasure({ path, body })
      const payload = { workspaceId: world.acme.id, erasureId }
      const read = () => api.getAuditErasure({ path: { ...path, erasure: erasureId } })
      // It begins once all older transactions have ended, those of other tests too.
      do await eraseAudit(world.services, payload, new AbortController().signal)
      while ((await read()).status !== 'done')
    },
    leaves: ['audit.erased'],
  },
  createView: {
    do: () => api.createView({ path, body: { name: 'two', layout: 'list', shared: false, filters: {} } }),
    leaves: ['saved_view.created'],
  },
  updateView: {
    do: () => api.updateView({ path: id('view'), body: { shared: true } }),
    leaves: ['saved_view.updated'],
  },
  deleteView: { do: () => api.deleteView({ path: id('view') }), leaves: ['saved_view.deleted'] },
  createIntegration: {
    do: () =>
      api.createIntegration({
        path,
        body: { kind: 'slack', name: 'two', url: 'https://hooks.slack.com/services/T000/B000/YYYY', actions: [] },
      }),
    leaves: ['integration.created'],
  },
  updateIntegration: {
    do: () => api.updateIntegration({ path: id('integration'), body: { active: false } }),
    leaves: ['integration.updated'],
  },
  deleteIntegration: { do: () => api.deleteIntegration({ path: id('integration') }), leaves: ['integration.deleted'] },
  createWebhook: {
    do: () => api.createWebhook({ path, body: { url: 'https://hooks.example.eu/y', actions: [] } }),
    leaves: ['webhook.created'],
  },
  updateWebhook: {
    do: () => api.updateWebhook({ path: id('webhook'), body: { url: 'https://hooks.example.eu/z' } }),
    leaves: ['webhook.updated'],
  },
  rotateWebhookSecret: { do: () => api.rotateWebhookSecret({ path: id('webhook') }), leaves: ['webhook.updated'] },
  deleteWebhook: { do: () => api.deleteWebhook({ path: id('webhook') }), leaves: ['webhook.deleted'] },
  createApiToken: { do: () => api.createApiToken({ path, body: { name: 'two' } }), leaves: ['api_token.created'] },
  deleteApiToken: { do: () => api.deleteApiToken({ path: id('token') }), leaves: ['api_token.updated'] },
  createInvitation: {
    do: () => api.createInvitation({ path, body: { email: `${uuid7()}@acme.example`, roleId: one.role } }),
    leaves: ['invitation.created'],
  },
  deleteInvitation: { do: () => api.deleteInvitation({ path: id('invitation') }), leaves: ['invitation.deleted'] },
  createRole: {
    do: async () => {
      const { items } = await api.listRoles({ path })
      const { permissions } = items.find(({ builtin }) => builtin === 'guest')!
      return api.createRole({ path, body: { name: 'Visitor', guest: true, permissions } })
    },
    leaves: ['role.created'],
  },
  updateRole: { do: () => api.updateRole({ path: id('role'), body: { name: 'Renamed' } }), leaves: ['role.updated'] },
  deleteMemberLock: {
    do: async () => {
      for (let i = 0; i < 5; i++)
        await fetch(`${world.url}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: publicUrl },
          body: JSON.stringify({ email: world.acme.tom.email, password: 'wrong' }),
        })
      await tellSecurityEvents(world.services)
      await forgetEvents()
      await api.deleteMemberLock({ path: { ...path, member: world.acme.tom.memberId } })
      await tellSecurityEvents(world.services)
    },
    leaves: ['member.unlocked'],
  },
  updateMember: {
    do: () => api.updateMember({ path: { ...path, member: world.acme.gus.memberId }, body: { active: false } }),
    leaves: ['member.updated'],
  },
  deleteMember: {
    do: () => api.deleteMember({ path: { ...path, member: world.acme.gus.memberId } }),
    leaves: ['api_token.deleted', 'member.deleted'],
  },
  deleteTag: {
    do: () => api.deleteTag({ path: id('tag') }),
    leaves: ['tag.deleted', 'task.tag_removed', 'task.tag_removed'],
  },
  deleteTask: {
    do: () => api.deleteTask({ path: id('task') }),
    leaves: ['attachment.deleted', 'comment.deleted', 'task.deleted'],
  },
  deleteRole: {
    do: async () => {
      const { items } = await api.listRoles({ path })
      return api.deleteRole({ path: { ...path, role: items.find(({ name }) => name === 'Visitor')!.id } })
    },
    leaves: ['role.deleted'],
  },
  deleteProject: {
    do: async () => {
      const { id: project } = await api.createProject({ path, body: { name: 'Short-lived' } })
      await forgetEvents()
      return api.deleteProject({ path: { ...path, project } })
    },
    leaves: ['project.deleted'],
  },
  deleteWorkspace: {
    do: () => api.deleteWorkspace({ path, query: { confirm: 'acme' } }),
    leaves: ['workspace.updated'],
  },
  keepWorkspace: { do: () => api.keepWorkspace({ path }), leaves: ['workspace.updated'] },
}

/** What changes nothing that history is about, and why. */
const leaveNone: Record<string, string> = {
  previewImport: 'reads a file and keeps nothing',
  readAllNotifications: 'one’s own reading mark',
  updateNotification: 'one’s own reading mark',
  pingWebhook: 'the log of the webhook has it',
  replayWebhook: 'the log of the webhook has it',
  replayWebhookDelivery: 'the log of the webhook has it',
}

test('every operation that changes something is walked, or says why it leaves no event', () => {
  const changing = features
    .flatMap(feature => feature.operations)
    .filter(operation => operation.access === 'workspace' && methodOf(operation) !== 'GET')
    .map(operation => operation.id)
  expect([...Object.keys(steps), ...Object.keys(leaveNone)].toSorted()).toEqual(changing.toSorted())
})

let last = 0
async function forgetEvents(): Promise<string[]> {
  const events = await world.superuser<{ seq: string; action: string }>(
    `select seq, action from ${world.acme.schema}.audit_event where seq > $1 and action !~ '^(api_token[.]used|member[.](sign_in_failed|locked))' order by seq`,
    [last],
  )
  last = Math.max(last, ...events.map(({ seq }) => Number(seq)))
  return events.map(({ action }) => action)
}

test.each(Object.entries(steps))('%s leaves exactly the events of what it changes', async (_, step) => {
  await forgetEvents()
  await step.do()
  expect((await forgetEvents()).toSorted()).toEqual(step.leaves.toSorted())
})
