import { accountLocks } from '#server/cli/account-locks.ts'
import { accountRemoveFactors } from '#server/cli/account-remove-factors.ts'
import { accountUnlock } from '#server/cli/account-unlock.ts'
import { auditErase } from '#server/cli/audit-erase.ts'
import { auditExport } from '#server/cli/audit-export.ts'
import { auditKey } from '#server/cli/audit-key.ts'
import { auditPurge } from '#server/cli/audit-purge.ts'
import { auditVerify } from '#server/cli/audit-verify.ts'
import type { Command } from '#server/cli/command.ts'
import { databaseUrl } from '#server/cli/database-url.ts'
import { doctor } from '#server/cli/doctor.ts'
import { keysInit, keysStatus } from '#server/cli/keys.ts'
import { keysRetire } from '#server/cli/keys-retire.ts'
import { keysRotate } from '#server/cli/keys-rotate.ts'
import { memberAdd } from '#server/cli/member-add.ts'
import { migrateCommand } from '#server/cli/migrate.ts'
import { openapi } from '#server/cli/openapi.ts'
import { serveCommand } from '#server/cli/serve.ts'
import { workerCommand } from '#server/cli/worker.ts'
import { workspaceCreate } from '#server/cli/workspace-create.ts'
import { workspaceDelete, workspaceKeep } from '#server/cli/workspace-delete.ts'
import { workspaceDeletions } from '#server/cli/workspace-deletions.ts'
import { workspaceHold } from '#server/cli/workspace-hold.ts'
import { workspaceList } from '#server/cli/workspace-list.ts'
import { workspacePlan } from '#server/cli/workspace-plan.ts'

/** The command line. A command is its file and its line here. */
export const commands: Record<string, Command> = {
  serve: serveCommand,
  worker: workerCommand,
  migrate: migrateCommand,
  doctor,
  'workspace create': workspaceCreate,
  'workspace list': workspaceList,
  'workspace plan': workspacePlan,
  'workspace delete': workspaceDelete,
  'workspace keep': workspaceKeep,
  'workspace hold': workspaceHold,
  'workspace deletions': workspaceDeletions,
  'member add': memberAdd,
  'account locks': accountLocks,
  'account unlock': accountUnlock,
  'account remove-factors': accountRemoveFactors,
  'keys init': keysInit,
  'keys status': keysStatus,
  'keys rotate': keysRotate,
  'keys retire': keysRetire,
  'audit export': auditExport,
  'audit purge': auditPurge,
  'audit erase': auditErase,
  'audit verify': auditVerify,
  'audit key': auditKey,
  'database url': databaseUrl,
  openapi,
}
