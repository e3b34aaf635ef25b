import type { Command } from '#server/cli/command.ts'

/**
 * The command line. A command is its file and its line here. Each is loaded when it is asked for: one that writes the
 * history of a workspace to a file needs none of what answers requests, and takes 60 MB less without it.
 */
export const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('#server/cli/serve.ts')).serveCommand,
  worker: async () => (await import('#server/cli/worker.ts')).workerCommand,
  migrate: async () => (await import('#server/cli/migrate.ts')).migrateCommand,
  doctor: async () => (await import('#server/cli/doctor.ts')).doctor,
  'workspace create': async () => (await import('#server/cli/workspace-create.ts')).workspaceCreate,
  'workspace list': async () => (await import('#server/cli/workspace-list.ts')).workspaceList,
  'workspace plan': async () => (await import('#server/cli/workspace-plan.ts')).workspacePlan,
  'workspace delete': async () => (await import('#server/cli/workspace-delete.ts')).workspaceDelete,
  'workspace keep': async () => (await import('#server/cli/workspace-delete.ts')).workspaceKeep,
  'workspace hold': async () => (await import('#server/cli/workspace-hold.ts')).workspaceHold,
  'workspace deletions': async () => (await import('#server/cli/workspace-deletions.ts')).workspaceDeletions,
  'member add': async () => (await import('#server/cli/member-add.ts')).memberAdd,
  'account locks': async () => (await import('#server/cli/account-locks.ts')).accountLocks,
  'account unlock': async () => (await import('#server/cli/account-unlock.ts')).accountUnlock,
  'account remove-factors': async () => (await import('#server/cli/account-remove-factors.ts')).accountRemoveFactors,
  'keys init': async () => (await import('#server/cli/keys.ts')).keysInit,
  'keys status': async () => (await import('#server/cli/keys.ts')).keysStatus,
  'keys rotate': async () => (await import('#server/cli/keys-rotate.ts')).keysRotate,
  'keys retire': async () => (await import('#server/cli/keys-retire.ts')).keysRetire,
  'audit export': async () => (await import('#server/cli/audit-export.ts')).auditExport,
  'audit purge': async () => (await import('#server/cli/audit-purge.ts')).auditPurge,
  'audit erase': async () => (await import('#server/cli/audit-erase.ts')).auditErase,
  'audit verify': async () => (await import('#server/cli/audit-verify.ts')).auditVerify,
  'audit key': async () => (await import('#server/cli/audit-key.ts')).auditKey,
  'database url': async () => (await import('#server/cli/database-url.ts')).databaseUrl,
  openapi: async () => (await import('#server/cli/openapi.ts')).openapi,
}
