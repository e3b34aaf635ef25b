// Made by `npm run generate` from openapi.json; do not edit.

import { type Call, type ClientOptions, createSender, type Download } from './send.ts'

export { ApiProblem, type ClientOptions, type Download } from './send.ts'

export type Accepted = { account: Account; workspace: WorkspaceSummary; memberId: string }

export type Account = { id: string; email: string; name: string; language: "en" | "nl" | "fr" | "de"; createdAt: string; version: number }

export type ApiToken = { id: string; memberId: string; name: string; permissions: PermissionLimits | null; createdAt: string; expiresAt: string | null; revokedAt: string | null; lastUsedAt: string | null; lastUsedNetwork: string | null; madeWith: string | null; version: number }

export type Attachment = { id: string; taskId: string; creatorId: string | null; name: string; mediaType: string; sizeBytes: number; sha256: string; createdAt: string; version: number }

export type AuditCheckpoint = { size: number; rootHash: string; note: string; createdAt: string }

export type AuditConsistencyProof = { from: number; fromHash: string; to: number; toHash: string; hashes: string[] }

export type AuditErasure = { id: string; memberId: string; what: ("names" | "addresses" | "words")[]; reason: string; askerId: string | null; status: "waiting" | "running" | "done" | "failed"; failure: string | null; doneCount: number; totalCount: number; erasedCount: number; createdAt: string; finishedAt: string | null; version: number }

export type AuditEvent = { id: string; at: string; entity: string; entityId: string; taskId: string | null; projectId: string | null; action: string; memberId: string | null; memberName: string | null; tokenId: string | null; tokenName: string | null; job: string | null; requestId: string | null; address: string | null; reason: string | null; erased: string[]; changes: Record<string, { from: unknown; to: unknown; fromName?: string | null | undefined; toName?: string | null | undefined; erased?: string | undefined }> }

export type AuditExport = { id: string; format: "csv" | "ndjson"; filters: AuditFilters; memberId: string | null; scheduleId: string | null; status: "waiting" | "running" | "done" | "failed"; doneCount: number; totalCount: number; fromIndex: number; size: number | null; sizeBytes: number | null; sha256: string | null; failure: string | null; createdAt: string; finishedAt: string | null; expiresAt: string | null; version: number }

export type AuditExportSchedule = { id: string; format: "csv" | "ndjson"; every: "daily" | "weekly" | "monthly"; hour: number; webhookId: string | null; active: boolean; memberId: string | null; nextAt: string; nextIndex: number; createdAt: string; updatedAt: string; version: number }

export type AuditFilters = { entity?: "task" | "comment" | "time_entry" | "attachment" | "tag" | "project" | "member" | "role" | "workspace" | "webhook" | "integration" | "api_token" | "invitation" | "saved_view" | "import" | "sign_on" | "audit_export" | "audit" | undefined; entityId?: string | undefined; taskId?: string | undefined; action?: "task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced" | undefined; memberId?: string | undefined; tokenId?: string | undefined; requestId?: string | undefined; field?: string | undefined; q?: string | undefined; since?: string | undefined; until?: string | undefined }

export type AuditProof = { index: number; size: number; leafHash: string; hashes: string[]; checkpoint: string; salts: Record<string, string>; erased: Record<string, string> }

export type AuditStatus = { sealedSize: number; unsealed: number; checkpoint: AuditCheckpoint | null; verifierKey: string; state: "ok" | "behind" | "inconsistent"; sentence: string }

export type Comment = { id: string; taskId: string; authorId: string | null; authorName: string | null; body: string; createdAt: string; editedAt: string | null; version: number }

export type Confirmed = { account: Account; workspace: WorkspaceSummary }

export type Credentials = { email: string; password: string; code?: string | undefined; passkey?: PasskeyAnswer | undefined }

export type CurrentSession = { account: Account; workspaces: WorkspaceSummary[]; session: { id: string; secondFactor: boolean; workspaceId: string | null; provedUntil: string } }

export type EmailChange = { expiresAt: string }

export type Explanation = { allowed: boolean; memberId: string; role: { id: string; name: string | null }; scope: "none" | "own" | "project" | "all"; rule: "all" | "project" | "own" | "self" | "role" | "token" | "unreadable" | "task" | "audit" | "beyond-own" | "not-in-project" | "not-own" | "deactivated"; reason: string; facts: ({ fact: "guest" | "creator" | "assignee" | "viewer" | "author" | "self" | "project-member" | "private-project"; holds: boolean })[] }

export type Import = { id: string; memberId: string | null; format: "auto" | "csv" | "trello" | "asana"; fileName: string; projectId: string | null; status: "waiting" | "running" | "done" | "failed"; doneCount: number; totalCount: number; result: { tool: string | null; created: { projects: number; tasks: number; comments: number; tags: number; viewers: number; timeEntries: number; links: number }; reused: { projects: number; tags: number }; converted: { what: string; why: string; count: number; where: string[] }[]; notTaken: { what: string; why: string; count: number; where: string[] }[]; problems: ({ row: number | null; column: string | null; where: string | null; message: string })[] } | null; createdAt: string; finishedAt: string | null; version: number }

export type ImportPreview = { format: "csv" | "trello" | "asana"; tool: string; rowCount: number; columns: { index: number; header: string; target: string; filled: number; samples: string[] }[]; statuses: ({ from: string; count: number; sure: boolean; to: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" })[]; priorities: ({ from: string; count: number; sure: boolean; to: "none" | "low" | "medium" | "high" | "urgent" })[]; lists: ({ id: string; name: string; archived: boolean; cards: number; sure: boolean; to: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" })[]; dateOrderSure: boolean; warnings: string[]; problems: ({ row: number | null; column: string | null; where: string | null; message: string })[]; mapping: Record<string, unknown> | null }

export type Integration = { id: string; kind: "slack" | "mattermost" | "teams"; name: string; host: string; actions: string[]; active: boolean; lastStatus: string | null; failures: number; retryAt: string | null; createdAt: string; updatedAt: string; version: number }

export type Invitation = { id: string; email: string; roleId: string; inviterId: string | null; createdAt: string; expiresAt: string; version: number }

export type MadeApiToken = { id: string; memberId: string; name: string; permissions: PermissionLimits | null; createdAt: string; expiresAt: string | null; revokedAt: string | null; lastUsedAt: string | null; lastUsedNetwork: string | null; madeWith: string | null; version: number; token: string }

export type Me = { member: Member; role: Role; permissions: Permissions }

export type Member = { id: string; name: string; email: string | null; roleId: string; active: boolean; createdAt: string; updatedAt: string; version: number }

export type MemberLock = { memberId: string; lockedUntil: string | null; failures: number }

export type NewApiToken = { name: string; permissions?: PermissionLimits | undefined; expiresAt?: string | undefined }

export type NewAuditErasure = { memberId: string; what: ("names" | "addresses" | "words")[]; reason: string }

export type NewAuditExport = { format: "csv" | "ndjson"; filters?: AuditFilters | undefined }

export type NewAuditExportSchedule = { format: "csv" | "ndjson"; every: "daily" | "weekly" | "monthly"; hour: number; webhookId?: string | null | undefined; active?: boolean | undefined }

export type NewComment = { body: string }

export type NewIntegration = { kind: "slack" | "mattermost" | "teams"; name: string; url: string; actions?: ("task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced")[] | undefined; active?: boolean | undefined }

export type NewInvitation = { email: string; roleId: string }

export type NewProject = { key?: string | undefined; name: string; description?: string | undefined; private?: boolean | undefined }

export type NewProof = { password?: string | undefined; code?: string | undefined; passkey?: PasskeyAnswer | undefined }

export type NewRole = { name: string; guest?: boolean | undefined; permissions: Permissions }

export type NewSignup = { email: string; name: string; password: string; workspaceName: string; workspaceSlug?: string | undefined }

export type NewTag = { name: string; color?: string | undefined }

export type NewTask = { projectId: string; title: string; description?: string | undefined; status?: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" | undefined; priority?: "none" | "low" | "medium" | "high" | "urgent" | undefined; assigneeId?: string | null | undefined; dueOn?: string | null | undefined; startOn?: string | null | undefined; estimateSeconds?: number | null | undefined; position?: number | undefined; parentId?: string | null | undefined; tagIds?: string[] | undefined; viewerIds?: string[] | undefined }

export type NewTimeEntry = { projectId?: string | undefined; taskId?: string | undefined; startedAt: string; endedAt?: string | undefined; durationSeconds?: number | undefined; note?: string | undefined; billable?: boolean | undefined; rateCents?: number | null | undefined; memberId?: string | undefined }

export type NewTotp = { secret: string; uri: string }

export type NewView = { name: string; shared?: boolean | undefined; layout?: "list" | "board" | undefined; filters?: ViewFilters | undefined }

export type NewWebhook = { url: string; actions?: ("task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced")[] | undefined; active?: boolean | undefined }

export type NewWorkspace = { name: string; slug?: string | undefined }

export type Notification = { id: string; kind: "assigned" | "mentioned" | "commented" | "viewer_added" | "status_changed" | "due"; taskId: string | null; taskKey: string | null; taskTitle: string | null; actorId: string | null; dueOn: string | null; createdAt: string; readAt: string | null }

export type NotificationSettings = { digest: "off" | "daily" | "weekdays"; version: number }

export type OpenInvitation = { workspace: { name: string; slug: string }; email: string; inviterName: string | null; hasAccount: boolean; expiresAt: string }

export type Passkey = { id: string; name: string; synced: boolean; createdAt: string; lastUsedAt: string | null }

export type PasskeyAdded = { passkey: Passkey; recoveryCodes: string[] }

export type PasskeyAnswer = { challengeId: string; response: { id: string; rawId: string; type: "public-key"; response: Record<string, unknown> } }

export type PasskeyOptions = { challengeId: string; options: Record<string, unknown> }

export type PermissionLimits = { project?: { read?: "none" | "own" | "project" | "all" | undefined; write?: "none" | "own" | "project" | "all" | undefined } | undefined; task?: { read?: "none" | "own" | "project" | "all" | undefined; create?: "none" | "own" | "project" | "all" | undefined; update?: "none" | "own" | "project" | "all" | undefined; delete?: "none" | "own" | "project" | "all" | undefined } | undefined; comment?: { read?: "none" | "own" | "project" | "all" | undefined; create?: "none" | "own" | "project" | "all" | undefined; update?: "none" | "own" | "project" | "all" | undefined; delete?: "none" | "own" | "project" | "all" | undefined } | undefined; attachment?: { read?: "none" | "own" | "project" | "all" | undefined; create?: "none" | "own" | "project" | "all" | undefined; delete?: "none" | "own" | "project" | "all" | undefined } | undefined; tag?: { read?: "none" | "own" | "project" | "all" | undefined; create?: "none" | "all" | undefined; update?: "none" | "all" | undefined; delete?: "none" | "all" | undefined } | undefined; time_entry?: { read?: "none" | "own" | "project" | "all" | undefined; write?: "none" | "own" | "project" | "all" | undefined } | undefined; member?: { read?: "none" | "own" | "project" | "all" | undefined; write?: "none" | "all" | undefined } | undefined; role?: { read?: "none" | "all" | undefined; write?: "none" | "all" | undefined } | undefined; workspace?: { read?: "none" | "all" | undefined; write?: "none" | "all" | undefined } | undefined; integration?: { read?: "none" | "all" | undefined; write?: "none" | "all" | undefined } | undefined; webhook?: { read?: "none" | "all" | undefined; write?: "none" | "all" | undefined } | undefined; audit?: { read?: "none" | "own" | "project" | "all" | undefined; export?: "none" | "all" | undefined } | undefined }

export type Permissions = { project: { read: "none" | "own" | "project" | "all"; write: "none" | "own" | "project" | "all" }; task: { read: "none" | "own" | "project" | "all"; create: "none" | "own" | "project" | "all"; update: "none" | "own" | "project" | "all"; delete: "none" | "own" | "project" | "all" }; comment: { read: "none" | "own" | "project" | "all"; create: "none" | "own" | "project" | "all"; update: "none" | "own" | "project" | "all"; delete: "none" | "own" | "project" | "all" }; attachment: { read: "none" | "own" | "project" | "all"; create: "none" | "own" | "project" | "all"; delete: "none" | "own" | "project" | "all" }; tag: { read: "none" | "own" | "project" | "all"; create: "none" | "all"; update: "none" | "all"; delete: "none" | "all" }; time_entry: { read: "none" | "own" | "project" | "all"; write: "none" | "own" | "project" | "all" }; member: { read: "none" | "own" | "project" | "all"; write: "none" | "all" }; role: { read: "none" | "all"; write: "none" | "all" }; workspace: { read: "none" | "all"; write: "none" | "all" }; integration: { read: "none" | "all"; write: "none" | "all" }; webhook: { read: "none" | "all"; write: "none" | "all" }; audit: { read: "none" | "own" | "project" | "all"; export: "none" | "all" } }

export type Problem = { type: string; title: string; status: number; detail: string; requestId: string; errors?: { pointer: string; message: string }[] | undefined }

export type Project = { id: string; key: string; name: string; description: string; private: boolean; archivedAt: string | null; creatorId: string | null; memberIds: string[]; createdAt: string; updatedAt: string; version: number }

export type Proof = { provedUntil: string }

export type RecoveryCodes = { recoveryCodes: string[] }

export type Role = { id: string; name: string; builtin: "admin" | "manager" | "member" | "guest" | null; guest: boolean; permissions: Permissions; createdAt: string; updatedAt: string; version: number }

export type SearchHit = { type: "task" | "comment" | "project"; id: string; taskId: string | null; projectId: string; title: string; snippet: string; key: string }

export type SecondFactors = { totp: { confirmedAt: string } | null; passkeys: Passkey[]; recoveryCodesLeft: number }

export type SecurityEvent = { id: string; at: string; kind: "signed_up" | "signed_in" | "sign_in_failed" | "locked" | "unlocked" | "password_reset_requested" | "password_reset" | "password_changed" | "email_change_requested" | "email_changed" | "totp_added" | "totp_removed" | "recovery_codes_made" | "recovery_code_used" | "passkey_added" | "passkey_removed" | "session_ended" | "sessions_ended" | "token_used_from_new_network"; device: string | null; address: string | null; details: Record<string, string | number | boolean | null> }

export type Session = { id: string; device: string; address: string | null; method: "password" | "passkey" | "single_sign_on" | "signup" | "invitation"; secondFactor: boolean; workspace: { slug: string; name: string } | null; createdAt: string; lastSeenAt: string; expiresAt: string; current: boolean }

export type SignOnDomain = { domain: string; verifiedAt: string | null; createdAt: string; record: { name: string; type: "TXT"; value: string } }

export type SignOnStart = { workspace?: string | undefined; email?: string | undefined; returnTo?: string | undefined }

export type SignedIn = { account: Account; workspaces: WorkspaceSummary[] }

export type Signup = { id: string; expiresAt: string }

export type SingleSignOn = { issuer: string; clientId: string; hasClientSecret: boolean; roleId: string; redirectUri: string; createdAt: string; updatedAt: string; version: number }

export type SingleSignOnSettings = { issuer: string; clientId: string; clientSecret?: string | null | undefined; roleId: string }

export type Tag = { id: string; name: string; color: string; version: number }

export type Task = { id: string; number: number; key: string; projectId: string; title: string; description: string; status: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled"; priority: "none" | "low" | "medium" | "high" | "urgent"; creatorId: string | null; assigneeId: string | null; dueOn: string | null; startOn: string | null; estimateSeconds: number | null; position: number; tagIds: string[]; viewerIds: string[]; parentId: string | null; createdAt: string; updatedAt: string; closedAt: string | null; version: number }

export type TaskAsOf = { id: string; at: string; key: string | null; number: number | null; projectId: string | null; projectName: string | null; title: string | null; description: string | null; status: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" | null; priority: "none" | "low" | "medium" | "high" | "urgent" | null; creatorId: string | null; creatorName: string | null; assigneeId: string | null; assigneeName: string | null; dueOn: string | null; startOn: string | null; estimateSeconds: number | null; position: number | null; parentId: string | null; parentTitle: string | null; tags: ({ id: string; name: string | null })[]; viewers: ({ id: string; name: string | null })[]; closedAt: string | null; createdAt: string | null; changedAt: string | null; deletedAt: string | null; knownFrom: string | null; erased: string[] }

export type TimeEntry = { id: string; memberId: string; projectId: string; taskId: string | null; startedAt: string; endedAt: string | null; durationSeconds: number; note: string; billable: boolean; rateCents: number | null; version: number }

export type TimeReport = { rows: ({ projectId?: string | undefined; taskId?: string | null | undefined; memberId?: string | undefined; tagId?: string | null | undefined; day?: string | undefined; week?: string | undefined; month?: string | undefined; durationSeconds: number; billableSeconds: number; amountCents: number })[]; total: { durationSeconds: number; billableSeconds: number; amountCents: number } }

export type TimerStart = { projectId?: string | undefined; taskId?: string | undefined; note?: string | undefined; billable?: boolean | undefined; rateCents?: number | null | undefined }

export type View = { id: string; memberId: string; name: string; shared: boolean; layout: "list" | "board"; filters: ViewFilters; createdAt: string; updatedAt: string; version: number }

export type ViewFilters = { project?: string | undefined; status?: string | undefined; assignee?: string | undefined; creator?: string | undefined; tag?: string | undefined; viewer?: string | undefined; due?: "overdue" | "today" | "week" | "none" | undefined; q?: string | undefined; sort?: "position" | "due" | "updated" | "created" | "title" | undefined }

export type Webhook = { id: string; url: string; actions: string[]; active: boolean; lastStatus: string | null; failures: number; retryAt: string | null; previousSecretUntil: string | null; createdAt: string; updatedAt: string; version: number }

export type WebhookDelivery = { id: string; webhookId: string; action: string; status: "pending" | "delivered" | "failed" | "given_up"; attemptCount: number; lastAttemptAt: string; responseStatus: number | null; error: string | null; durationMs: number; nextAttemptAt: string | null; createdAt: string; finishedAt: string | null }

export type WebhookDeliveryDetail = { id: string; webhookId: string; action: string; status: "pending" | "delivered" | "failed" | "given_up"; attemptCount: number; lastAttemptAt: string; responseStatus: number | null; error: string | null; durationMs: number; nextAttemptAt: string | null; createdAt: string; finishedAt: string | null; request: { url: string; headers: Record<string, string>; body: string } | null; attempts: ({ at: string; durationMs: number; responseStatus: number | null; answer: string | null; error: string | null })[] }

export type WebhookWithSecret = { id: string; url: string; actions: string[]; active: boolean; lastStatus: string | null; failures: number; retryAt: string | null; previousSecretUntil: string | null; createdAt: string; updatedAt: string; version: number; secret: string }

export type Workspace = { id: string; name: string; slug: string; plan: "starter" | "pro" | "business"; auditRetentionDays: number; auditRetentionShrinksTo: number | null; auditRetentionShrinksAt: string | null; legalHold: boolean; requiresSecondFactor: boolean; deleteAt: string | null; createdAt: string; updatedAt: string; version: number }

export type WorkspaceSummary = { id: string; name: string; slug: string; plan: "starter" | "pro" | "business"; requiresSecondFactor?: boolean | undefined; deleteAt?: string | null | undefined }

/** Every operation of the API. A refusal is thrown as an `ApiProblem`. */
export function createClient(options: ClientOptions = {}) {
  const send = createSender(options)
  return {
    /** Sign up with a first workspace — `POST /api/signups` → 202 */
    createSignup: (call: { body: NewSignup } & Call): Promise<Signup> => send('POST', '/api/signups', 'json', call),
    /** Confirm a signup with its code — `POST /api/signups/{signup}/confirmation` → 201 */
    confirmSignup: (call: { path: { signup: string }; body: { code: string } } & Call): Promise<Confirmed> => send('POST', '/api/signups/{signup}/confirmation', 'json', call),
    /** Change your account — `PATCH /api/account` → 200 */
    updateAccount: (call: { body: { name?: string | undefined; language?: "en" | "nl" | "fr" | "de" | undefined } } & Call): Promise<Account> => send('PATCH', '/api/account', 'json', call),
    /** Delete your account — `DELETE /api/account` → 204 */
    deleteAccount: (call: Call = {}): Promise<void> => send('DELETE', '/api/account', 'nothing', call),
    /** Change your password — `POST /api/password-changes` → 204 */
    changePassword: (call: { body: { currentPassword?: string | undefined; password: string } } & Call): Promise<void> => send('POST', '/api/password-changes', 'nothing', call),
    /** Sign in — `POST /api/session` → 200 */
    signIn: (call: { body: Credentials } & Call): Promise<SignedIn> => send('POST', '/api/session', 'json', call),
    /** Read who is signed in — `GET /api/session` → 200 */
    getSession: (call: Call = {}): Promise<CurrentSession> => send('GET', '/api/session', 'json', call),
    /** Sign out — `DELETE /api/session` → 204 */
    signOut: (call: Call = {}): Promise<void> => send('DELETE', '/api/session', 'nothing', call),
    /** List where you are signed in — `GET /api/sessions` → 200 */
    listSessions: (call: { query?: { limit?: number | undefined; cursor?: string | undefined } } & Call = {}): Promise<{ items: Session[]; nextCursor: string | null }> => send('GET', '/api/sessions', 'json', call),
    /** End all your other sessions — `DELETE /api/sessions` → 204 */
    endOtherSessions: (call: Call = {}): Promise<void> => send('DELETE', '/api/sessions', 'nothing', call),
    /** End one of your sessions — `DELETE /api/sessions/{session}` → 204 */
    endSession: (call: { path: { session: string } } & Call): Promise<void> => send('DELETE', '/api/sessions/{session}', 'nothing', call),
    /** Prove again that it is you — `POST /api/session/proof` → 200 */
    createProof: (call: { body: NewProof } & Call): Promise<Proof> => send('POST', '/api/session/proof', 'json', call),
    /** Ask for a code to set a new password — `POST /api/password-resets` → 202 */
    createPasswordReset: (call: { body: { email: string } } & Call): Promise<void> => send('POST', '/api/password-resets', 'nothing', call),
    /** Set a new password with a code — `POST /api/password-resets/confirmation` → 204 */
    confirmPasswordReset: (call: { body: { email: string; code: string; password: string } } & Call): Promise<void> => send('POST', '/api/password-resets/confirmation', 'nothing', call),
    /** Read your second factors — `GET /api/second-factors` → 200 */
    getSecondFactors: (call: Call = {}): Promise<SecondFactors> => send('GET', '/api/second-factors', 'json', call),
    /** Begin to add an authenticator app — `POST /api/totp` → 201 */
    createTotp: (call: Call = {}): Promise<NewTotp> => send('POST', '/api/totp', 'json', call),
    /** Remove the authenticator app — `DELETE /api/totp` → 204 */
    deleteTotp: (call: Call = {}): Promise<void> => send('DELETE', '/api/totp', 'nothing', call),
    /** Add the authenticator app — `POST /api/totp/confirmation` → 200 */
    confirmTotp: (call: { body: { code: string } } & Call): Promise<RecoveryCodes> => send('POST', '/api/totp/confirmation', 'json', call),
    /** Get new recovery codes — `POST /api/recovery-codes` → 200 */
    createRecoveryCodes: (call: Call = {}): Promise<RecoveryCodes> => send('POST', '/api/recovery-codes', 'json', call),
    /** Begin to sign in with a passkey — `POST /api/session/passkey-options` → 200 */
    createSignInOptions: (call: Call = {}): Promise<PasskeyOptions> => send('POST', '/api/session/passkey-options', 'json', call),
    /** Sign in with a passkey — `POST /api/session/passkey` → 200 */
    signInWithPasskey: (call: { body: PasskeyAnswer } & Call): Promise<SignedIn> => send('POST', '/api/session/passkey', 'json', call),
    /** Begin to prove with a passkey that it is you — `POST /api/session/proof/passkey-options` → 200 */
    createProofOptions: (call: { query?: { beside?: "password" | undefined } } & Call = {}): Promise<PasskeyOptions> => send('POST', '/api/session/proof/passkey-options', 'json', call),
    /** Begin to add a passkey — `POST /api/passkeys/options` → 200 */
    createPasskeyOptions: (call: Call = {}): Promise<PasskeyOptions> => send('POST', '/api/passkeys/options', 'json', call),
    /** Add a passkey — `POST /api/passkeys` → 201 */
    createPasskey: (call: { body: { challengeId: string; response: { id: string; rawId: string; type: "public-key"; response: Record<string, unknown> }; name: string } } & Call): Promise<PasskeyAdded> => send('POST', '/api/passkeys', 'json', call),
    /** List your passkeys — `GET /api/passkeys` → 200 */
    listPasskeys: (call: { query?: { limit?: number | undefined; cursor?: string | undefined } } & Call = {}): Promise<{ items: Passkey[]; nextCursor: string | null }> => send('GET', '/api/passkeys', 'json', call),
    /** Rename a passkey — `PATCH /api/passkeys/{passkey}` → 200 */
    updatePasskey: (call: { path: { passkey: string }; body: { name?: string | undefined } } & Call): Promise<Passkey> => send('PATCH', '/api/passkeys/{passkey}', 'json', call),
    /** Remove a passkey — `DELETE /api/passkeys/{passkey}` → 204 */
    deletePasskey: (call: { path: { passkey: string } } & Call): Promise<void> => send('DELETE', '/api/passkeys/{passkey}', 'nothing', call),
    /** Ask for another e-mail address — `POST /api/email-changes` → 202 */
    createEmailChange: (call: { body: { email: string } } & Call): Promise<EmailChange> => send('POST', '/api/email-changes', 'json', call),
    /** Confirm your new e-mail address — `POST /api/email-changes/confirmation` → 200 */
    confirmEmailChange: (call: { body: { code: string } } & Call): Promise<Account> => send('POST', '/api/email-changes/confirmation', 'json', call),
    /** List what happened to your account — `GET /api/security-events` → 200 */
    listSecurityEvents: (call: { query?: { limit?: number | undefined; cursor?: string | undefined } } & Call = {}): Promise<{ items: SecurityEvent[]; nextCursor: string | null }> => send('GET', '/api/security-events', 'json', call),
    /** Sign in with a workspace's identity provider — `POST /api/single-sign-on` → 200 */
    startSingleSignOn: (call: { body: SignOnStart } & Call): Promise<{ url: string }> => send('POST', '/api/single-sign-on', 'json', call),
    /** Read how members sign in elsewhere — `GET /api/workspaces/{workspace}/single-sign-on` → 200 */
    getSingleSignOn: (call: { path: { workspace: string } } & Call): Promise<SingleSignOn | undefined> => send('GET', '/api/workspaces/{workspace}/single-sign-on', 'json', call),
    /** Connect an identity provider (OpenID Connect) — `PUT /api/workspaces/{workspace}/single-sign-on` → 200 */
    connectSingleSignOn: (call: { path: { workspace: string }; body: SingleSignOnSettings } & Call): Promise<SingleSignOn> => send('PUT', '/api/workspaces/{workspace}/single-sign-on', 'json', call),
    /** Disconnect the identity provider — `DELETE /api/workspaces/{workspace}/single-sign-on` → 204 */
    disconnectSingleSignOn: (call: { path: { workspace: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/single-sign-on', 'nothing', call),
    /** List the domains of the identity provider — `GET /api/workspaces/{workspace}/single-sign-on/domains` → 200 */
    listSignOnDomains: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: SignOnDomain[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/single-sign-on/domains', 'json', call),
    /** Add a domain of the identity provider — `POST /api/workspaces/{workspace}/single-sign-on/domains` → 201 */
    addSignOnDomain: (call: { path: { workspace: string }; body: { domain: string } } & Call): Promise<SignOnDomain> => send('POST', '/api/workspaces/{workspace}/single-sign-on/domains', 'json', call),
    /** Verify a domain by its DNS record — `POST /api/workspaces/{workspace}/single-sign-on/domains/{domain}/verification` → 200 */
    verifySignOnDomain: (call: { path: { workspace: string; domain: string } } & Call): Promise<SignOnDomain> => send('POST', '/api/workspaces/{workspace}/single-sign-on/domains/{domain}/verification', 'json', call),
    /** Remove a domain of the identity provider — `DELETE /api/workspaces/{workspace}/single-sign-on/domains/{domain}` → 204 */
    removeSignOnDomain: (call: { path: { workspace: string; domain: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/single-sign-on/domains/{domain}', 'nothing', call),
    /** List your workspaces — `GET /api/workspaces` → 200 */
    listWorkspaces: (call: { query?: { limit?: number | undefined; cursor?: string | undefined } } & Call = {}): Promise<{ items: WorkspaceSummary[]; nextCursor: string | null }> => send('GET', '/api/workspaces', 'json', call),
    /** Create a workspace — `POST /api/workspaces` → 201 */
    createWorkspace: (call: { body: NewWorkspace } & Call): Promise<WorkspaceSummary> => send('POST', '/api/workspaces', 'json', call),
    /** Read a workspace — `GET /api/workspaces/{workspace}` → 200 */
    getWorkspace: (call: { path: { workspace: string } } & Call): Promise<Workspace> => send('GET', '/api/workspaces/{workspace}', 'json', call),
    /** Change a workspace — `PATCH /api/workspaces/{workspace}` → 200 */
    updateWorkspace: (call: { path: { workspace: string }; body: { name?: string | undefined; slug?: string | undefined; requiresSecondFactor?: boolean | undefined; legalHold?: boolean | undefined } } & Call): Promise<Workspace> => send('PATCH', '/api/workspaces/{workspace}', 'json', call),
    /** Delete a workspace — `DELETE /api/workspaces/{workspace}` → 200 */
    deleteWorkspace: (call: { path: { workspace: string }; query: { confirm: string } } & Call): Promise<Workspace> => send('DELETE', '/api/workspaces/{workspace}', 'json', call),
    /** Keep a workspace that waits to be deleted — `DELETE /api/workspaces/{workspace}/deletion` → 200 */
    keepWorkspace: (call: { path: { workspace: string } } & Call): Promise<Workspace> => send('DELETE', '/api/workspaces/{workspace}/deletion', 'json', call),
    /** Read who you are in a workspace — `GET /api/workspaces/{workspace}/me` → 200 */
    getMe: (call: { path: { workspace: string } } & Call): Promise<Me> => send('GET', '/api/workspaces/{workspace}/me', 'json', call),
    /** List members — `GET /api/workspaces/{workspace}/members` → 200 */
    listMembers: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; active?: boolean | undefined; role?: string | undefined } } & Call): Promise<{ items: Member[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/members', 'json', call),
    /** Read a member — `GET /api/workspaces/{workspace}/members/{member}` → 200 */
    getMember: (call: { path: { workspace: string; member: string } } & Call): Promise<Member> => send('GET', '/api/workspaces/{workspace}/members/{member}', 'json', call),
    /** Change a member — `PATCH /api/workspaces/{workspace}/members/{member}` → 200 */
    updateMember: (call: { path: { workspace: string; member: string }; body: { name?: string | undefined; roleId?: string | undefined; active?: boolean | undefined } } & Call): Promise<Member> => send('PATCH', '/api/workspaces/{workspace}/members/{member}', 'json', call),
    /** Remove a member, or leave — `DELETE /api/workspaces/{workspace}/members/{member}` → 204 */
    deleteMember: (call: { path: { workspace: string; member: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/members/{member}', 'nothing', call),
    /** List members who are locked out — `GET /api/workspaces/{workspace}/member-locks` → 200 */
    listMemberLocks: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: MemberLock[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/member-locks', 'json', call),
    /** Lift the lock of a member — `DELETE /api/workspaces/{workspace}/members/{member}/lock` → 204 */
    deleteMemberLock: (call: { path: { workspace: string; member: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/members/{member}/lock', 'nothing', call),
    /** List open invitations — `GET /api/workspaces/{workspace}/invitations` → 200 */
    listInvitations: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Invitation[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/invitations', 'json', call),
    /** Invite somebody — `POST /api/workspaces/{workspace}/invitations` → 201 */
    createInvitation: (call: { path: { workspace: string }; body: NewInvitation } & Call): Promise<Invitation> => send('POST', '/api/workspaces/{workspace}/invitations', 'json', call),
    /** Revoke an invitation — `DELETE /api/workspaces/{workspace}/invitations/{invitation}` → 204 */
    deleteInvitation: (call: { path: { workspace: string; invitation: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/invitations/{invitation}', 'nothing', call),
    /** Read an invitation by its link — `GET /api/invitations/{workspace}/{token}` → 200 */
    getOpenInvitation: (call: { path: { workspace: string; token: string } } & Call): Promise<OpenInvitation> => send('GET', '/api/invitations/{workspace}/{token}', 'json', call),
    /** Accept an invitation — `POST /api/invitations/{workspace}/{token}/acceptance` → 201 */
    acceptInvitation: (call: { path: { workspace: string; token: string }; body: { name?: string | undefined; password?: string | undefined } } & Call): Promise<Accepted> => send('POST', '/api/invitations/{workspace}/{token}/acceptance', 'json', call),
    /** List roles — `GET /api/workspaces/{workspace}/roles` → 200 */
    listRoles: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Role[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/roles', 'json', call),
    /** Create a role — `POST /api/workspaces/{workspace}/roles` → 201 */
    createRole: (call: { path: { workspace: string }; body: NewRole } & Call): Promise<Role> => send('POST', '/api/workspaces/{workspace}/roles', 'json', call),
    /** Read a role — `GET /api/workspaces/{workspace}/roles/{role}` → 200 */
    getRole: (call: { path: { workspace: string; role: string } } & Call): Promise<Role> => send('GET', '/api/workspaces/{workspace}/roles/{role}', 'json', call),
    /** Change a role — `PATCH /api/workspaces/{workspace}/roles/{role}` → 200 */
    updateRole: (call: { path: { workspace: string; role: string }; body: { name?: string | undefined; guest?: boolean | undefined; permissions?: Permissions | undefined } } & Call): Promise<Role> => send('PATCH', '/api/workspaces/{workspace}/roles/{role}', 'json', call),
    /** Delete a role — `DELETE /api/workspaces/{workspace}/roles/{role}` → 204 */
    deleteRole: (call: { path: { workspace: string; role: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/roles/{role}', 'nothing', call),
    /** Explain a permission — `GET /api/workspaces/{workspace}/permissions/explain` → 200 */
    explainPermission: (call: { path: { workspace: string }; query: { resource: "project" | "task" | "comment" | "attachment" | "tag" | "time_entry" | "member" | "role" | "workspace" | "integration" | "webhook" | "audit"; action: "read" | "write" | "create" | "update" | "delete" | "export"; id?: string | undefined; member?: string | undefined } } & Call): Promise<Explanation> => send('GET', '/api/workspaces/{workspace}/permissions/explain', 'json', call),
    /** List API tokens — `GET /api/workspaces/{workspace}/api-tokens` → 200 */
    listApiTokens: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; revoked?: boolean | undefined } } & Call): Promise<{ items: ApiToken[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/api-tokens', 'json', call),
    /** Create an API token — `POST /api/workspaces/{workspace}/api-tokens` → 201 */
    createApiToken: (call: { path: { workspace: string }; body: NewApiToken } & Call): Promise<MadeApiToken> => send('POST', '/api/workspaces/{workspace}/api-tokens', 'json', call),
    /** Revoke an API token — `DELETE /api/workspaces/{workspace}/api-tokens/{token}` → 204 */
    deleteApiToken: (call: { path: { workspace: string; token: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/api-tokens/{token}', 'nothing', call),
    /** List imports — `GET /api/workspaces/{workspace}/imports` → 200 */
    listImports: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Import[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/imports', 'json', call),
    /** Import another tool's file — `POST /api/workspaces/{workspace}/imports` → 202 */
    createImport: (call: { path: { workspace: string }; form: FormData } & Call): Promise<Import> => send('POST', '/api/workspaces/{workspace}/imports', 'json', call),
    /** Read an import — `GET /api/workspaces/{workspace}/imports/{import}` → 200 */
    getImport: (call: { path: { workspace: string; import: string } } & Call): Promise<Import> => send('GET', '/api/workspaces/{workspace}/imports/{import}', 'json', call),
    /** Look into a file before its import — `POST /api/workspaces/{workspace}/imports/previews` → 200 */
    previewImport: (call: { path: { workspace: string }; form: FormData } & Call): Promise<ImportPreview> => send('POST', '/api/workspaces/{workspace}/imports/previews', 'json', call),
    /** List projects — `GET /api/workspaces/{workspace}/projects` → 200 */
    listProjects: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; archived?: boolean | undefined } } & Call): Promise<{ items: Project[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/projects', 'json', call),
    /** Create a project — `POST /api/workspaces/{workspace}/projects` → 201 */
    createProject: (call: { path: { workspace: string }; body: NewProject } & Call): Promise<Project> => send('POST', '/api/workspaces/{workspace}/projects', 'json', call),
    /** Read a project — `GET /api/workspaces/{workspace}/projects/{project}` → 200 */
    getProject: (call: { path: { workspace: string; project: string } } & Call): Promise<Project> => send('GET', '/api/workspaces/{workspace}/projects/{project}', 'json', call),
    /** Change or archive a project — `PATCH /api/workspaces/{workspace}/projects/{project}` → 200 */
    updateProject: (call: { path: { workspace: string; project: string }; body: { key?: string | undefined; name?: string | undefined; description?: string | undefined; private?: boolean | undefined; archived?: boolean | undefined } } & Call): Promise<Project> => send('PATCH', '/api/workspaces/{workspace}/projects/{project}', 'json', call),
    /** Delete a project — `DELETE /api/workspaces/{workspace}/projects/{project}` → 204 */
    deleteProject: (call: { path: { workspace: string; project: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/projects/{project}', 'nothing', call),
    /** Name a member in a project — `PUT /api/workspaces/{workspace}/projects/{project}/members/{member}` → 200 */
    addProjectMember: (call: { path: { workspace: string; project: string; member: string } } & Call): Promise<Project> => send('PUT', '/api/workspaces/{workspace}/projects/{project}/members/{member}', 'json', call),
    /** Take a member out of a project — `DELETE /api/workspaces/{workspace}/projects/{project}/members/{member}` → 204 */
    removeProjectMember: (call: { path: { workspace: string; project: string; member: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/projects/{project}/members/{member}', 'nothing', call),
    /** List tasks — `GET /api/workspaces/{workspace}/tasks` → 200 */
    listTasks: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; project?: string | undefined; status?: string | undefined; priority?: string | undefined; assignee?: string | undefined; creator?: string | undefined; viewer?: string | undefined; tag?: string | undefined; parent?: string | undefined; due?: "overdue" | "today" | "week" | "none" | undefined; dueFrom?: string | undefined; dueUntil?: string | undefined; q?: string | undefined; sort?: "position" | "due" | "updated" | "created" | "title" | undefined } } & Call): Promise<{ items: Task[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tasks', 'json', call),
    /** Create a task — `POST /api/workspaces/{workspace}/tasks` → 201 */
    createTask: (call: { path: { workspace: string }; body: NewTask } & Call): Promise<Task> => send('POST', '/api/workspaces/{workspace}/tasks', 'json', call),
    /** Read a task — `GET /api/workspaces/{workspace}/tasks/{task}` → 200 */
    getTask: (call: { path: { workspace: string; task: string } } & Call): Promise<Task> => send('GET', '/api/workspaces/{workspace}/tasks/{task}', 'json', call),
    /** Change a task — `PATCH /api/workspaces/{workspace}/tasks/{task}` → 200 */
    updateTask: (call: { path: { workspace: string; task: string }; body: { projectId?: string | undefined; title?: string | undefined; description?: string | undefined; status?: "backlog" | "todo" | "doing" | "review" | "done" | "cancelled" | undefined; priority?: "none" | "low" | "medium" | "high" | "urgent" | undefined; assigneeId?: string | null | undefined; dueOn?: string | null | undefined; startOn?: string | null | undefined; estimateSeconds?: number | null | undefined; position?: number | undefined; parentId?: string | null | undefined; tagIds?: string[] | undefined; viewerIds?: string[] | undefined } } & Call): Promise<Task> => send('PATCH', '/api/workspaces/{workspace}/tasks/{task}', 'json', call),
    /** Delete a task — `DELETE /api/workspaces/{workspace}/tasks/{task}` → 204 */
    deleteTask: (call: { path: { workspace: string; task: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tasks/{task}', 'nothing', call),
    /** Put a tag on a task — `PUT /api/workspaces/{workspace}/tasks/{task}/tags/{tag}` → 200 */
    addTagToTask: (call: { path: { workspace: string; task: string; tag: string } } & Call): Promise<Task> => send('PUT', '/api/workspaces/{workspace}/tasks/{task}/tags/{tag}', 'json', call),
    /** Take a tag off a task — `DELETE /api/workspaces/{workspace}/tasks/{task}/tags/{tag}` → 204 */
    removeTagFromTask: (call: { path: { workspace: string; task: string; tag: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tasks/{task}/tags/{tag}', 'nothing', call),
    /** Let a member see a task — `PUT /api/workspaces/{workspace}/tasks/{task}/viewers/{member}` → 200 */
    addViewerToTask: (call: { path: { workspace: string; task: string; member: string } } & Call): Promise<Task> => send('PUT', '/api/workspaces/{workspace}/tasks/{task}/viewers/{member}', 'json', call),
    /** Take a viewer off a task — `DELETE /api/workspaces/{workspace}/tasks/{task}/viewers/{member}` → 204 */
    removeViewerFromTask: (call: { path: { workspace: string; task: string; member: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tasks/{task}/viewers/{member}', 'nothing', call),
    /** What happened to a task — `GET /api/workspaces/{workspace}/tasks/{task}/history` → 200 */
    listTaskHistory: (call: { path: { workspace: string; task: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: AuditEvent[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tasks/{task}/history', 'json', call),
    /** Read a task as it was at a moment — `GET /api/workspaces/{workspace}/tasks/{task}/as-of` → 200 */
    getTaskAsOf: (call: { path: { workspace: string; task: string }; query?: { at?: string | undefined } } & Call): Promise<TaskAsOf> => send('GET', '/api/workspaces/{workspace}/tasks/{task}/as-of', 'json', call),
    /** List the comments of a task — `GET /api/workspaces/{workspace}/tasks/{task}/comments` → 200 */
    listComments: (call: { path: { workspace: string; task: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Comment[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tasks/{task}/comments', 'json', call),
    /** Comment on a task — `POST /api/workspaces/{workspace}/tasks/{task}/comments` → 201 */
    createComment: (call: { path: { workspace: string; task: string }; body: NewComment } & Call): Promise<Comment> => send('POST', '/api/workspaces/{workspace}/tasks/{task}/comments', 'json', call),
    /** Read a comment — `GET /api/workspaces/{workspace}/comments/{comment}` → 200 */
    getComment: (call: { path: { workspace: string; comment: string } } & Call): Promise<Comment> => send('GET', '/api/workspaces/{workspace}/comments/{comment}', 'json', call),
    /** Edit a comment — `PATCH /api/workspaces/{workspace}/comments/{comment}` → 200 */
    updateComment: (call: { path: { workspace: string; comment: string }; body: { body?: string | undefined } } & Call): Promise<Comment> => send('PATCH', '/api/workspaces/{workspace}/comments/{comment}', 'json', call),
    /** Delete a comment — `DELETE /api/workspaces/{workspace}/comments/{comment}` → 204 */
    deleteComment: (call: { path: { workspace: string; comment: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/comments/{comment}', 'nothing', call),
    /** List the attachments of a task — `GET /api/workspaces/{workspace}/tasks/{task}/attachments` → 200 */
    listAttachments: (call: { path: { workspace: string; task: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Attachment[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tasks/{task}/attachments', 'json', call),
    /** Attach a file to a task — `POST /api/workspaces/{workspace}/tasks/{task}/attachments` → 201 */
    createAttachment: (call: { path: { workspace: string; task: string }; form: FormData } & Call): Promise<Attachment> => send('POST', '/api/workspaces/{workspace}/tasks/{task}/attachments', 'json', call),
    /** Read what is known of an attachment — `GET /api/workspaces/{workspace}/attachments/{attachment}` → 200 */
    getAttachment: (call: { path: { workspace: string; attachment: string } } & Call): Promise<Attachment> => send('GET', '/api/workspaces/{workspace}/attachments/{attachment}', 'json', call),
    /** Delete an attachment — `DELETE /api/workspaces/{workspace}/attachments/{attachment}` → 204 */
    deleteAttachment: (call: { path: { workspace: string; attachment: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/attachments/{attachment}', 'nothing', call),
    /** Download an attachment — `GET /api/workspaces/{workspace}/attachments/{attachment}/content` → 200 */
    readAttachmentContent: (call: { path: { workspace: string; attachment: string } } & Call): Promise<Download> => send('GET', '/api/workspaces/{workspace}/attachments/{attachment}/content', 'download', call),
    /** List tags — `GET /api/workspaces/{workspace}/tags` → 200 */
    listTags: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Tag[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/tags', 'json', call),
    /** Create a tag — `POST /api/workspaces/{workspace}/tags` → 201 */
    createTag: (call: { path: { workspace: string }; body: NewTag } & Call): Promise<Tag> => send('POST', '/api/workspaces/{workspace}/tags', 'json', call),
    /** Read a tag — `GET /api/workspaces/{workspace}/tags/{tag}` → 200 */
    getTag: (call: { path: { workspace: string; tag: string } } & Call): Promise<Tag> => send('GET', '/api/workspaces/{workspace}/tags/{tag}', 'json', call),
    /** Rename or recolour a tag — `PATCH /api/workspaces/{workspace}/tags/{tag}` → 200 */
    updateTag: (call: { path: { workspace: string; tag: string }; body: { name?: string | undefined; color?: string | undefined } } & Call): Promise<Tag> => send('PATCH', '/api/workspaces/{workspace}/tags/{tag}', 'json', call),
    /** Delete a tag — `DELETE /api/workspaces/{workspace}/tags/{tag}` → 204 */
    deleteTag: (call: { path: { workspace: string; tag: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/tags/{tag}', 'nothing', call),
    /** List time entries — `GET /api/workspaces/{workspace}/time-entries` → 200 */
    listTimeEntries: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; member?: string | undefined; project?: string | undefined; task?: string | undefined; from?: string | undefined; until?: string | undefined; billable?: boolean | undefined } } & Call): Promise<{ items: TimeEntry[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/time-entries', 'json', call),
    /** Book time — `POST /api/workspaces/{workspace}/time-entries` → 201 */
    createTimeEntry: (call: { path: { workspace: string }; body: NewTimeEntry } & Call): Promise<TimeEntry> => send('POST', '/api/workspaces/{workspace}/time-entries', 'json', call),
    /** Read a time entry — `GET /api/workspaces/{workspace}/time-entries/{entry}` → 200 */
    getTimeEntry: (call: { path: { workspace: string; entry: string } } & Call): Promise<TimeEntry> => send('GET', '/api/workspaces/{workspace}/time-entries/{entry}', 'json', call),
    /** Change a time entry — `PATCH /api/workspaces/{workspace}/time-entries/{entry}` → 200 */
    updateTimeEntry: (call: { path: { workspace: string; entry: string }; body: { projectId?: string | undefined; taskId?: string | null | undefined; startedAt?: string | undefined; endedAt?: string | undefined; durationSeconds?: number | undefined; note?: string | undefined; billable?: boolean | undefined; rateCents?: number | null | undefined } } & Call): Promise<TimeEntry> => send('PATCH', '/api/workspaces/{workspace}/time-entries/{entry}', 'json', call),
    /** Delete a time entry — `DELETE /api/workspaces/{workspace}/time-entries/{entry}` → 204 */
    deleteTimeEntry: (call: { path: { workspace: string; entry: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/time-entries/{entry}', 'nothing', call),
    /** Read your running timer — `GET /api/workspaces/{workspace}/timer` → 200 */
    getTimer: (call: { path: { workspace: string } } & Call): Promise<TimeEntry | undefined> => send('GET', '/api/workspaces/{workspace}/timer', 'json', call),
    /** Start a timer — `PUT /api/workspaces/{workspace}/timer` → 200 */
    startTimer: (call: { path: { workspace: string }; body: TimerStart } & Call): Promise<TimeEntry> => send('PUT', '/api/workspaces/{workspace}/timer', 'json', call),
    /** Stop your timer — `DELETE /api/workspaces/{workspace}/timer` → 200 */
    stopTimer: (call: { path: { workspace: string } } & Call): Promise<TimeEntry> => send('DELETE', '/api/workspaces/{workspace}/timer', 'json', call),
    /** Sum up time — `GET /api/workspaces/{workspace}/reports/time` → 200 */
    getTimeReport: (call: { path: { workspace: string }; query?: { from?: string | undefined; to?: string | undefined; groupBy?: string | undefined; project?: string | undefined; member?: string | undefined; tag?: string | undefined; billable?: boolean | undefined } } & Call): Promise<TimeReport> => send('GET', '/api/workspaces/{workspace}/reports/time', 'json', call),
    /** Search tasks, comments and projects — `GET /api/workspaces/{workspace}/search` → 200 */
    search: (call: { path: { workspace: string }; query: { q: string; limit?: number | undefined } } & Call): Promise<{ items: SearchHit[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/search', 'json', call),
    /** List audit events — `GET /api/workspaces/{workspace}/audit-events` → 200 */
    listAuditEvents: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; entity?: "task" | "comment" | "time_entry" | "attachment" | "tag" | "project" | "member" | "role" | "workspace" | "webhook" | "integration" | "api_token" | "invitation" | "saved_view" | "import" | "sign_on" | "audit_export" | "audit" | undefined; entityId?: string | undefined; taskId?: string | undefined; action?: "task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced" | undefined; memberId?: string | undefined; tokenId?: string | undefined; requestId?: string | undefined; field?: string | undefined; q?: string | undefined; since?: string | undefined; until?: string | undefined } } & Call): Promise<{ items: AuditEvent[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/audit-events', 'json', call),
    /** Read an audit event — `GET /api/workspaces/{workspace}/audit-events/{event}` → 200 */
    getAuditEvent: (call: { path: { workspace: string; event: string } } & Call): Promise<AuditEvent> => send('GET', '/api/workspaces/{workspace}/audit-events/{event}', 'json', call),
    /** Prove that an event is in the signed history — `GET /api/workspaces/{workspace}/audit-events/{event}/proof` → 200 */
    proveAuditEvent: (call: { path: { workspace: string; event: string } } & Call): Promise<AuditProof> => send('GET', '/api/workspaces/{workspace}/audit-events/{event}/proof', 'json', call),
    /** List the signed checkpoints of the history — `GET /api/workspaces/{workspace}/audit-checkpoints` → 200 */
    listAuditCheckpoints: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: AuditCheckpoint[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/audit-checkpoints', 'json', call),
    /** Say how far the history is sealed and signed, and whether it is consistent — `GET /api/workspaces/{workspace}/audit-checkpoints/status` → 200 */
    getAuditStatus: (call: { path: { workspace: string } } & Call): Promise<AuditStatus> => send('GET', '/api/workspaces/{workspace}/audit-checkpoints/status', 'json', call),
    /** Prove that the history grew from an earlier checkpoint — `GET /api/workspaces/{workspace}/audit-checkpoints/consistency` → 200 */
    proveAuditConsistency: (call: { path: { workspace: string }; query: { from: number; to: number } } & Call): Promise<AuditConsistencyProof> => send('GET', '/api/workspaces/{workspace}/audit-checkpoints/consistency', 'json', call),
    /** Export the audit history as a stream — `GET /api/workspaces/{workspace}/audit-events/export` → 200 */
    exportAuditEvents: (call: { path: { workspace: string }; query: { format: "csv" | "ndjson"; entity?: "task" | "comment" | "time_entry" | "attachment" | "tag" | "project" | "member" | "role" | "workspace" | "webhook" | "integration" | "api_token" | "invitation" | "saved_view" | "import" | "sign_on" | "audit_export" | "audit" | undefined; entityId?: string | undefined; taskId?: string | undefined; action?: "task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced" | undefined; memberId?: string | undefined; tokenId?: string | undefined; requestId?: string | undefined; field?: string | undefined; q?: string | undefined; since?: string | undefined; until?: string | undefined } } & Call): Promise<Download> => send('GET', '/api/workspaces/{workspace}/audit-events/export', 'download', call),
    /** List exports of the audit history — `GET /api/workspaces/{workspace}/audit-exports` → 200 */
    listAuditExports: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: AuditExport[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/audit-exports', 'json', call),
    /** Have the audit history exported — `POST /api/workspaces/{workspace}/audit-exports` → 202 */
    createAuditExport: (call: { path: { workspace: string }; body: NewAuditExport } & Call): Promise<AuditExport> => send('POST', '/api/workspaces/{workspace}/audit-exports', 'json', call),
    /** Read how far an export is — `GET /api/workspaces/{workspace}/audit-exports/{export}` → 200 */
    getAuditExport: (call: { path: { workspace: string; export: string } } & Call): Promise<AuditExport> => send('GET', '/api/workspaces/{workspace}/audit-exports/{export}', 'json', call),
    /** Delete an export, or stop one that runs — `DELETE /api/workspaces/{workspace}/audit-exports/{export}` → 204 */
    deleteAuditExport: (call: { path: { workspace: string; export: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/audit-exports/{export}', 'nothing', call),
    /** Download an export of the audit history — `GET /api/workspaces/{workspace}/audit-exports/{export}/content` → 200 */
    readAuditExportContent: (call: { path: { workspace: string; export: string } } & Call): Promise<Download> => send('GET', '/api/workspaces/{workspace}/audit-exports/{export}/content', 'download', call),
    /** List schedules of exports — `GET /api/workspaces/{workspace}/audit-export-schedules` → 200 */
    listAuditExportSchedules: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: AuditExportSchedule[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/audit-export-schedules', 'json', call),
    /** Have the audit history exported by the clock — `POST /api/workspaces/{workspace}/audit-export-schedules` → 201 */
    createAuditExportSchedule: (call: { path: { workspace: string }; body: NewAuditExportSchedule } & Call): Promise<AuditExportSchedule> => send('POST', '/api/workspaces/{workspace}/audit-export-schedules', 'json', call),
    /** Read a schedule of exports — `GET /api/workspaces/{workspace}/audit-export-schedules/{schedule}` → 200 */
    getAuditExportSchedule: (call: { path: { workspace: string; schedule: string } } & Call): Promise<AuditExportSchedule> => send('GET', '/api/workspaces/{workspace}/audit-export-schedules/{schedule}', 'json', call),
    /** Change a schedule of exports — `PATCH /api/workspaces/{workspace}/audit-export-schedules/{schedule}` → 200 */
    updateAuditExportSchedule: (call: { path: { workspace: string; schedule: string }; body: { format?: "csv" | "ndjson" | undefined; every?: "daily" | "weekly" | "monthly" | undefined; hour?: number | undefined; webhookId?: string | null | undefined; active?: boolean | undefined } } & Call): Promise<AuditExportSchedule> => send('PATCH', '/api/workspaces/{workspace}/audit-export-schedules/{schedule}', 'json', call),
    /** Delete a schedule of exports — `DELETE /api/workspaces/{workspace}/audit-export-schedules/{schedule}` → 204 */
    deleteAuditExportSchedule: (call: { path: { workspace: string; schedule: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/audit-export-schedules/{schedule}', 'nothing', call),
    /** List erasures from the history — `GET /api/workspaces/{workspace}/audit-erasures` → 200 */
    listAuditErasures: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: AuditErasure[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/audit-erasures', 'json', call),
    /** Have a person’s data erased from the history — `POST /api/workspaces/{workspace}/audit-erasures` → 202 */
    createAuditErasure: (call: { path: { workspace: string }; body: NewAuditErasure } & Call): Promise<AuditErasure> => send('POST', '/api/workspaces/{workspace}/audit-erasures', 'json', call),
    /** Read how far an erasure is — `GET /api/workspaces/{workspace}/audit-erasures/{erasure}` → 200 */
    getAuditErasure: (call: { path: { workspace: string; erasure: string } } & Call): Promise<AuditErasure> => send('GET', '/api/workspaces/{workspace}/audit-erasures/{erasure}', 'json', call),
    /** Follow what happens — `GET /api/workspaces/{workspace}/events` → 200 */
    streamEvents: (call: { path: { workspace: string } } & Call): Promise<Download> => send('GET', '/api/workspaces/{workspace}/events', 'download', call),
    /** List integrations — `GET /api/workspaces/{workspace}/integrations` → 200 */
    listIntegrations: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Integration[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/integrations', 'json', call),
    /** Tell a chat room what happens — `POST /api/workspaces/{workspace}/integrations` → 201 */
    createIntegration: (call: { path: { workspace: string }; body: NewIntegration } & Call): Promise<Integration> => send('POST', '/api/workspaces/{workspace}/integrations', 'json', call),
    /** Read an integration — `GET /api/workspaces/{workspace}/integrations/{integration}` → 200 */
    getIntegration: (call: { path: { workspace: string; integration: string } } & Call): Promise<Integration> => send('GET', '/api/workspaces/{workspace}/integrations/{integration}', 'json', call),
    /** Change an integration — `PATCH /api/workspaces/{workspace}/integrations/{integration}` → 200 */
    updateIntegration: (call: { path: { workspace: string; integration: string }; body: { name?: string | undefined; url?: string | undefined; actions?: ("task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced")[] | undefined; active?: boolean | undefined } } & Call): Promise<Integration> => send('PATCH', '/api/workspaces/{workspace}/integrations/{integration}', 'json', call),
    /** Delete an integration — `DELETE /api/workspaces/{workspace}/integrations/{integration}` → 204 */
    deleteIntegration: (call: { path: { workspace: string; integration: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/integrations/{integration}', 'nothing', call),
    /** List one's notifications — `GET /api/workspaces/{workspace}/notifications` → 200 */
    listNotifications: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined; unread?: boolean | undefined } } & Call): Promise<{ items: Notification[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/notifications', 'json', call),
    /** Count one's unread notifications — `GET /api/workspaces/{workspace}/notifications/count` → 200 */
    countNotifications: (call: { path: { workspace: string } } & Call): Promise<{ unread: number }> => send('GET', '/api/workspaces/{workspace}/notifications/count', 'json', call),
    /** Mark all of one's notifications as read — `POST /api/workspaces/{workspace}/notifications/read-all` → 204 */
    readAllNotifications: (call: { path: { workspace: string } } & Call): Promise<void> => send('POST', '/api/workspaces/{workspace}/notifications/read-all', 'nothing', call),
    /** Mark a notification as read or unread — `PATCH /api/workspaces/{workspace}/notifications/{notification}` → 200 */
    updateNotification: (call: { path: { workspace: string; notification: string }; body: { read: boolean } } & Call): Promise<Notification> => send('PATCH', '/api/workspaces/{workspace}/notifications/{notification}', 'json', call),
    /** Read what one is mailed — `GET /api/workspaces/{workspace}/me/notification-settings` → 200 */
    getNotificationSettings: (call: { path: { workspace: string } } & Call): Promise<NotificationSettings> => send('GET', '/api/workspaces/{workspace}/me/notification-settings', 'json', call),
    /** Change what one is mailed — `PATCH /api/workspaces/{workspace}/me/notification-settings` → 200 */
    updateNotificationSettings: (call: { path: { workspace: string }; body: { digest?: "off" | "daily" | "weekdays" | undefined } } & Call): Promise<NotificationSettings> => send('PATCH', '/api/workspaces/{workspace}/me/notification-settings', 'json', call),
    /** End the digests of whoever got the mail — `POST /api/digest-unsubscriptions/{workspace}/{token}` → 204 */
    unsubscribeFromDigest: (call: { path: { workspace: string; token: string } } & Call): Promise<void> => send('POST', '/api/digest-unsubscriptions/{workspace}/{token}', 'nothing', call),
    /** List saved views — `GET /api/workspaces/{workspace}/views` → 200 */
    listViews: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: View[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/views', 'json', call),
    /** Save a view — `POST /api/workspaces/{workspace}/views` → 201 */
    createView: (call: { path: { workspace: string }; body: NewView } & Call): Promise<View> => send('POST', '/api/workspaces/{workspace}/views', 'json', call),
    /** Read a saved view — `GET /api/workspaces/{workspace}/views/{view}` → 200 */
    getView: (call: { path: { workspace: string; view: string } } & Call): Promise<View> => send('GET', '/api/workspaces/{workspace}/views/{view}', 'json', call),
    /** Change a saved view — `PATCH /api/workspaces/{workspace}/views/{view}` → 200 */
    updateView: (call: { path: { workspace: string; view: string }; body: { name?: string | undefined; shared?: boolean | undefined; layout?: "list" | "board" | undefined; filters?: ViewFilters | undefined } } & Call): Promise<View> => send('PATCH', '/api/workspaces/{workspace}/views/{view}', 'json', call),
    /** Delete a saved view — `DELETE /api/workspaces/{workspace}/views/{view}` → 204 */
    deleteView: (call: { path: { workspace: string; view: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/views/{view}', 'nothing', call),
    /** List webhooks — `GET /api/workspaces/{workspace}/webhooks` → 200 */
    listWebhooks: (call: { path: { workspace: string }; query?: { limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: Webhook[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/webhooks', 'json', call),
    /** Create a webhook — `POST /api/workspaces/{workspace}/webhooks` → 201 */
    createWebhook: (call: { path: { workspace: string }; body: NewWebhook } & Call): Promise<WebhookWithSecret> => send('POST', '/api/workspaces/{workspace}/webhooks', 'json', call),
    /** Read a webhook — `GET /api/workspaces/{workspace}/webhooks/{webhook}` → 200 */
    getWebhook: (call: { path: { workspace: string; webhook: string } } & Call): Promise<Webhook> => send('GET', '/api/workspaces/{workspace}/webhooks/{webhook}', 'json', call),
    /** Change a webhook — `PATCH /api/workspaces/{workspace}/webhooks/{webhook}` → 200 */
    updateWebhook: (call: { path: { workspace: string; webhook: string }; body: { url?: string | undefined; actions?: ("task.created" | "task.updated" | "task.deleted" | "comment.created" | "comment.updated" | "comment.deleted" | "time_entry.created" | "time_entry.updated" | "time_entry.deleted" | "attachment.created" | "attachment.updated" | "attachment.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "project.created" | "project.updated" | "project.deleted" | "member.created" | "member.updated" | "member.deleted" | "role.created" | "role.updated" | "role.deleted" | "workspace.created" | "workspace.updated" | "workspace.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "integration.created" | "integration.updated" | "integration.deleted" | "api_token.created" | "api_token.updated" | "api_token.deleted" | "invitation.created" | "invitation.updated" | "invitation.deleted" | "saved_view.created" | "saved_view.updated" | "saved_view.deleted" | "import.created" | "import.updated" | "import.deleted" | "sign_on.created" | "sign_on.updated" | "sign_on.deleted" | "audit_export.created" | "audit_export.updated" | "audit_export.deleted" | "task.tag_added" | "task.tag_removed" | "task.viewer_added" | "task.viewer_removed" | "project.member_added" | "project.member_removed" | "api_token.used" | "api_token.used_from_new_network" | "member.signed_up" | "member.signed_in" | "member.sign_in_failed" | "member.locked" | "member.unlocked" | "member.password_reset_requested" | "member.password_reset" | "member.password_changed" | "member.email_change_requested" | "member.email_changed" | "member.totp_added" | "member.totp_removed" | "member.recovery_codes_made" | "member.recovery_code_used" | "member.passkey_added" | "member.passkey_removed" | "member.session_ended" | "member.sessions_ended" | "audit.exported" | "audit.export_ready" | "audit.pruned" | "audit.erased" | "audit.key_replaced")[] | undefined; active?: boolean | undefined } } & Call): Promise<Webhook> => send('PATCH', '/api/workspaces/{workspace}/webhooks/{webhook}', 'json', call),
    /** Delete a webhook — `DELETE /api/workspaces/{workspace}/webhooks/{webhook}` → 204 */
    deleteWebhook: (call: { path: { workspace: string; webhook: string } } & Call): Promise<void> => send('DELETE', '/api/workspaces/{workspace}/webhooks/{webhook}', 'nothing', call),
    /** Give a webhook a new secret — `POST /api/workspaces/{workspace}/webhooks/{webhook}/secret` → 200 */
    rotateWebhookSecret: (call: { path: { workspace: string; webhook: string } } & Call): Promise<WebhookWithSecret> => send('POST', '/api/workspaces/{workspace}/webhooks/{webhook}/secret', 'json', call),
    /** Send a webhook a test event — `POST /api/workspaces/{workspace}/webhooks/{webhook}/ping` → 200 */
    pingWebhook: (call: { path: { workspace: string; webhook: string } } & Call): Promise<WebhookDeliveryDetail> => send('POST', '/api/workspaces/{workspace}/webhooks/{webhook}/ping', 'json', call),
    /** List what a webhook was sent — `GET /api/workspaces/{workspace}/webhooks/{webhook}/deliveries` → 200 */
    listWebhookDeliveries: (call: { path: { workspace: string; webhook: string }; query?: { status?: "pending" | "delivered" | "failed" | "given_up" | undefined; limit?: number | undefined; cursor?: string | undefined } } & Call): Promise<{ items: WebhookDelivery[]; nextCursor: string | null }> => send('GET', '/api/workspaces/{workspace}/webhooks/{webhook}/deliveries', 'json', call),
    /** Read what a webhook was sent, and what it answered — `GET /api/workspaces/{workspace}/webhooks/{webhook}/deliveries/{delivery}` → 200 */
    getWebhookDelivery: (call: { path: { workspace: string; webhook: string; delivery: string } } & Call): Promise<WebhookDeliveryDetail> => send('GET', '/api/workspaces/{workspace}/webhooks/{webhook}/deliveries/{delivery}', 'json', call),
    /** Send a delivery again — `POST /api/workspaces/{workspace}/webhooks/{webhook}/deliveries/{delivery}/replay` → 202 */
    replayWebhookDelivery: (call: { path: { workspace: string; webhook: string; delivery: string } } & Call): Promise<WebhookDeliveryDetail> => send('POST', '/api/workspaces/{workspace}/webhooks/{webhook}/deliveries/{delivery}/replay', 'json', call),
    /** Send again what failed since a moment — `POST /api/workspaces/{workspace}/webhooks/{webhook}/replay` → 202 */
    replayWebhook: (call: { path: { workspace: string; webhook: string }; body: { since: string; delivered?: boolean | undefined } } & Call): Promise<{ count: number; more: boolean }> => send('POST', '/api/workspaces/{workspace}/webhooks/{webhook}/replay', 'json', call),
  }
}

export type Client = ReturnType<typeof createClient>

