/**
 * Who may do what, written by hand from the table of roles in the contract, and not from the code that decides.
 * One letter for each relation of the object to the caller: `A` may, `3` is refused (403), `4` is told that there is no
 * such thing (404). Columns: admin, manager, member, guest, and the custom role of `matrix-world.ts`.
 */
export const columns = ['admin', 'manager', 'member', 'guest', 'dispatcher'] as const

/**
 * Relations, in the order of the letters.
 * task: assigned to the caller in a project of theirs; somebody else's in a project of theirs; in a private project that
 * is not theirs; the same, but assigned to the caller; the same, but the caller is a viewer.
 */
export const relations = {
  none: ['whatever'],
  task: ['own', 'project', 'other', 'assigned', 'viewed'],
  project: ['own', 'project', 'other'],
  comment: ['own', 'project', 'other'],
  attachment: ['own', 'project', 'other'],
  entry: ['own', 'project', 'other'],
  event: ['own', 'project', 'other'],
  tag: ['own', 'other'],
  member: ['own', 'project', 'other'],
  role: ['own', 'other'],
  token: ['own', 'other'],
  import: ['own', 'other'],
  notification: ['own', 'other'],
  view: ['own', 'shared', 'other'],
  whole: ['one'],
} as const

type Expected = { of: keyof typeof relations; may: string }

const none = (may: string): Expected => ({ of: 'none', may })
const on = (of: keyof typeof relations, may: string): Expected => ({ of, may })

const readsTask = 'AAAAA AAAAA AA4AA A44AA AAAAA'
const changesTask = 'AAAAA AAAAA AA4A3 33333 A33A3'
const changesProject = 'AAA AAA 333 333 AA3'

export const expected: Record<string, Expected> = {
  getWorkspace: none('A A A A A'),
  updateWorkspace: none('A 3 3 3 3'),
  deleteWorkspace: none('A 3 3 3 3'),
  keepWorkspace: none('A 3 3 3 3'),

  getSingleSignOn: none('A 3 3 3 3'),
  connectSingleSignOn: none('A 3 3 3 3'),
  disconnectSingleSignOn: none('A 3 3 3 3'),
  listSignOnDomains: none('A 3 3 3 3'),
  addSignOnDomain: none('A 3 3 3 3'),
  verifySignOnDomain: on('whole', 'A 3 3 3 3'),
  removeSignOnDomain: on('whole', 'A 3 3 3 3'),

  getMe: none('A A A A A'),
  listMembers: none('A A A A A'),
  getMember: on('member', 'AAA AAA AAA AA4 AAA'),
  updateMember: on('member', 'AAA A33 A33 A34 A33'),
  deleteMember: on('member', 'AAA A33 A33 A34 A33'),
  listMemberLocks: none('A 3 3 3 3'),
  deleteMemberLock: on('member', 'AAA 333 333 333 333'),

  listInvitations: none('A 3 3 3 3'),
  createInvitation: none('A 3 3 3 3'),
  deleteInvitation: on('whole', 'A 3 3 3 3'),

  listRoles: none('A A A 3 A'),
  getRole: on('role', 'AA AA AA A4 AA'),
  createRole: none('A 3 3 3 3'),
  updateRole: on('role', 'AA 33 33 33 33'),
  deleteRole: on('role', 'AA 33 33 33 33'),

  explainPermission: none('A A A A A'),

  listApiTokens: none('A A A A A'),
  createApiToken: none('A A A A A'),
  deleteApiToken: on('token', 'AA A4 A4 A4 A4'),

  listImports: none('A A A A A'),
  getImport: on('import', 'AA A4 A4 A4 A4'),
  createImport: none('A A 3 3 A'),
  previewImport: none('A A 3 3 A'),

  listProjects: none('A A A A A'),
  getProject: on('project', 'AAA AAA AA4 AA4 AAA'),
  createProject: none('A A 3 3 A'),
  updateProject: on('project', changesProject),
  deleteProject: on('project', changesProject),
  addProjectMember: on('project', changesProject),
  removeProjectMember: on('project', changesProject),

  listTasks: none('A A A A A'),
  getTask: on('task', readsTask),
  listTaskHistory: on('task', readsTask),
  getTaskAsOf: on('task', readsTask),
  createTask: on('project', 'AAA AAA AA4 333 AA3'),
  updateTask: on('task', changesTask),
  deleteTask: on('task', 'AAAAA AAAAA A34A3 33333 A33A3'),
  addTagToTask: on('task', changesTask),
  removeTagFromTask: on('task', changesTask),
  addViewerToTask: on('task', changesTask),
  removeViewerFromTask: on('task', changesTask),

  listComments: on('task', readsTask),
  createComment: on('task', 'AAAAA AAAAA AA4AA A44AA AA3AA'),
  getComment: on('comment', 'AAA AAA AA4 A44 AAA'),
  updateComment: on('comment', 'AAA A33 A34 A44 A33'),
  deleteComment: on('comment', 'AAA AAA A34 A44 AA3'),

  listAttachments: on('task', readsTask),
  createAttachment: on('task', 'AAAAA AAAAA AA4A3 33333 A33A3'),
  getAttachment: on('attachment', 'AAA AAA AA4 A44 AA4'),
  readAttachmentContent: on('attachment', 'AAA AAA AA4 A44 AA4'),
  deleteAttachment: on('attachment', 'AAA AAA AA4 333 A34'),

  listTags: none('A A A A A'),
  getTag: on('tag', 'AA AA AA A4 AA'),
  createTag: none('A A A 3 A'),
  updateTag: on('tag', 'AA AA 33 33 AA'),
  deleteTag: on('tag', 'AA AA 33 33 33'),

  listTimeEntries: none('A A A 3 A'),
  getTimeEntry: on('entry', 'AAA AAA A44 333 AA4'),
  createTimeEntry: on('project', 'AAA AAA AA4 333 AAA'),
  updateTimeEntry: on('entry', 'AAA AAA A44 333 A34'),
  deleteTimeEntry: on('entry', 'AAA AAA A44 333 A34'),
  getTimer: none('A A A 3 A'),
  startTimer: on('project', 'AAA AAA AA4 333 AAA'),
  stopTimer: none('A A A 3 A'),
  getTimeReport: none('A A A 3 A'),

  search: none('A A A A A'),
  listAuditEvents: none('A A 3 3 A'),
  getAuditEvent: on('event', 'AAA AAA 333 333 AA4'),
  proveAuditEvent: on('event', 'AAA AAA 333 333 AA4'),
  listAuditCheckpoints: none('A A 3 3 A'),
  getAuditStatus: none('A A 3 3 A'),
  proveAuditConsistency: none('A A 3 3 A'),
  exportAuditEvents: none('A 3 3 3 3'),
  listAuditExports: none('A 3 3 3 3'),
  createAuditExport: none('A 3 3 3 3'),
  getAuditExport: on('whole', 'A 3 3 3 3'),
  readAuditExportContent: on('whole', 'A 3 3 3 3'),
  deleteAuditExport: on('whole', 'A 3 3 3 3'),
  listAuditExportSchedules: none('A 3 3 3 3'),
  createAuditExportSchedule: none('A 3 3 3 3'),
  getAuditExportSchedule: on('whole', 'A 3 3 3 3'),
  updateAuditExportSchedule: on('whole', 'A 3 3 3 3'),
  deleteAuditExportSchedule: on('whole', 'A 3 3 3 3'),
  listAuditErasures: none('A 3 3 3 3'),
  createAuditErasure: none('A 3 3 3 3'),
  getAuditErasure: on('whole', 'A 3 3 3 3'),
  streamEvents: none('A A A A A'),

  listIntegrations: none('A 3 3 3 A'),
  getIntegration: on('whole', 'A 3 3 3 A'),
  createIntegration: none('A 3 3 3 3'),
  updateIntegration: on('whole', 'A 3 3 3 3'),
  deleteIntegration: on('whole', 'A 3 3 3 3'),
  listWebhooks: none('A 3 3 3 3'),
  getWebhook: on('whole', 'A 3 3 3 3'),
  createWebhook: none('A 3 3 3 3'),
  updateWebhook: on('whole', 'A 3 3 3 3'),
  deleteWebhook: on('whole', 'A 3 3 3 3'),
  rotateWebhookSecret: on('whole', 'A 3 3 3 3'),
  pingWebhook: on('whole', 'A 3 3 3 3'),
  replayWebhook: on('whole', 'A 3 3 3 3'),
  listWebhookDeliveries: on('whole', 'A 3 3 3 3'),
  getWebhookDelivery: on('whole', 'A 3 3 3 3'),
  replayWebhookDelivery: on('whole', 'A 3 3 3 3'),

  listNotifications: none('A A A A A'),
  countNotifications: none('A A A A A'),
  readAllNotifications: none('A A A A A'),
  updateNotification: on('notification', 'A4 A4 A4 A4 A4'),
  getNotificationSettings: none('A A A A A'),
  updateNotificationSettings: none('A A A A A'),

  listViews: none('A A A A A'),
  createView: none('A A A A A'),
  getView: on('view', 'AA4 AA4 AA4 AA4 AA4'),
  updateView: on('view', 'A34 A34 A34 A34 A34'),
  deleteView: on('view', 'A34 A34 A34 A34 A34'),
}
