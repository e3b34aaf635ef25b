import type { Feature } from '#server/http/operation.ts'
import { imports } from '#server/features/imports/index.ts'
import { projects } from '#server/features/projects/index.ts'
import { tasks } from '#server/features/tasks/index.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { apiTokens } from '#server/features/api-tokens/index.ts'
import { invitations } from '#server/features/invitations/index.ts'
import { members } from '#server/features/members/index.ts'
import { roles } from '#server/features/roles/index.ts'
import { workspaces } from '#server/features/workspaces/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { events } from '#server/features/events/index.ts'
import { integrations } from '#server/features/integrations/index.ts'
import { notifications } from '#server/features/notifications/index.ts'
import { views } from '#server/features/views/index.ts'
import { webhooks } from '#server/features/webhooks/index.ts'

/** What Kontor can do. A feature is its folder and its line here. */
export const features: readonly Feature[] = [accounts, workspaces, members, invitations, roles, apiTokens, imports, projects, tasks, audit, events, integrations, notifications, views, webhooks]
