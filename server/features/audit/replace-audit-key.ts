import { sql } from 'kysely'
import { makeSigningKey, type VerifierKey } from '#server/audit-log/note.ts'
import { putSigningKey } from '#server/audit-log/signing-key.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { asOwner } from '#server/database/as-owner.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** `vouched`: in how many histories the old key has signed for the event that names the new one. */
export type ReplacedKey = { key: VerifierKey; before: VerifierKey | undefined; workspaces: number; vouched: number }

/**
 * Goes on with a new key. Each history tells it in an event, which the old key signs for where it is still there: so who
 * has the old public key can follow it to the new one. Until the end the old key stays, so that one that was stopped in
 * between is done again.
 */
export async function replaceAuditKey(services: Services, reason: string): Promise<ReplacedKey> {
  const { auditKeys, config, platform } = services
  const before = auditKeys.known().at(-1)
  const key = makeSigningKey(before?.name ?? `${config.publicUrl?.host ?? 'localhost'}/audit`)
  const workspaces = await platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('status', '=', 'active')
    .execute()
  let vouched = 0
  for (const workspace of workspaces) {
    await tell(services, workspace, { key: { from: before?.vkey ?? null, to: key.vkey } }, reason)
    if (isUsable(services) && (await isSigned(services, workspace))) vouched++
  }
  putSigningKey(config.dataDir, key)
  for (const workspace of workspaces) await isSigned(services, workspace)
  return { key, before, workspaces: workspaces.length, vouched }
}

/** As the owner of the history: no login of a workspace may say this of it. */
async function tell(services: Services, { schema }: WorkspaceAddress, changes: object, reason: string): Promise<void> {
  await asOwner(services, schema, db =>
    sql`insert into audit_event (id, entity, entity_id, action, job, reason, changes)
      select ${uuid7()}, 'audit', w.id, 'audit.key_replaced', 'audit-key', ${reason}, ${JSON.stringify(changes)}::jsonb
      from workspace w`.execute(db),
  )
}

function isUsable({ auditKeys }: Services): boolean {
  try {
    return Boolean(auditKeys.signing())
  } catch (error) {
    if (!(error instanceof KeysError)) throw error
    return false
  }
}

/** A history that is not what was signed keeps no other from its new key; the log says which it is. */
async function isSigned(services: Services, workspace: WorkspaceAddress): Promise<boolean> {
  try {
    await signCheckpoint(services, workspace)
    return true
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return false
  }
}
