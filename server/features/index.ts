import { accounts } from '#server/features/accounts/index.ts'
import { apiTokens } from '#server/features/api-tokens/index.ts'
import { attachments } from '#server/features/attachments/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { auditErasures } from '#server/features/audit-erasures/index.ts'
import { auditExports } from '#server/features/audit-exports/index.ts'
import { comments } from '#server/features/comments/index.ts'
import { emailChanges } from '#server/features/email-changes/index.ts'
import { events } from '#server/features/events/index.ts'
import { imports } from '#server/features/imports/index.ts'
import { integrations } from '#server/features/integrations/index.ts'
import { invitations } from '#server/features/invitations/index.ts'
import { memberLocks } from '#server/features/member-locks/index.ts'
import { members } from '#server/features/members/index.ts'
import { notifications } from '#server/features/notifications/index.ts'
import { passkeys } from '#server/features/passkeys/index.ts'
import { passwordResets } from '#server/features/password-resets/index.ts'
import { permissions } from '#server/features/permissions/index.ts'
import { projects } from '#server/features/projects/index.ts'
import { reports } from '#server/features/reports/index.ts'
import { roles } from '#server/features/roles/index.ts'
import { searching } from '#server/features/search/index.ts'
import { secondFactors } from '#server/features/second-factors/index.ts'
import { securityEvents } from '#server/features/security-events/index.ts'
import { sessions } from '#server/features/sessions/index.ts'
import { singleSignOn } from '#server/features/single-sign-on/index.ts'
import { tags } from '#server/features/tags/index.ts'
import { tasks } from '#server/features/tasks/index.ts'
import { timeEntries } from '#server/features/time-entries/index.ts'
import { views } from '#server/features/views/index.ts'
import { webhooks } from '#server/features/webhooks/index.ts'
import { workspaces } from '#server/features/workspaces/index.ts'
import type { Feature } from '#server/http/operation.ts'

/** What Kontor can do. A feature is its folder and its line here. */
export const features: readonly Feature[] = [
  accounts,
  sessions,
  passwordResets,
  secondFactors,
  passkeys,
  emailChanges,
  securityEvents,
  singleSignOn,
  workspaces,
  members,
  memberLocks,
  invitations,
  roles,
  permissions,
  apiTokens,
  imports,
  projects,
  tasks,
  comments,
  attachments,
  tags,
  timeEntries,
  reports,
  searching,
  audit,
  auditExports,
  auditErasures,
  events,
  integrations,
  notifications,
  views,
  webhooks,
]
