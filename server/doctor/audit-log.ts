import type pg from 'pg'
import type { VerifierKey } from '#server/audit-log/note.ts'
import { auditKeysIn } from '#server/audit-log/signing-key.ts'
import type { ReadTile } from '#server/audit-log/tiles.ts'
import type { Config } from '#server/config/config.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { newestWorkspaceVersion } from '#server/database/migrate.ts'
import type { Finding } from '#server/doctor/examine.ts'
import { checkpointPath } from '#server/features/audit/checkpoint-file.ts'
import { proveGrowth } from '#server/features/audit/consistency.ts'

type Workspace = { id: string; slug: string; schema: string }

/** Whether each history grew from what was signed, in the database and in the file beside it. @param admin sees all. */
export async function examineAuditLogs({ dataDir }: Config, admin: pg.Client): Promise<Finding[]> {
  const { rows } = await admin.query<Workspace>(
    `select id, slug, schema from platform.workspace where status = 'active' and schema_version = $1 order by slug`,
    [newestWorkspaceVersion()],
  )
  const { known, findings } = examineKey(dataDir)
  for (const workspace of rows) findings.push(...(await examineOne(dataDir, known, admin, workspace)))
  return findings.length > 0 ? findings : [finding('ok', `${rows.length} histories grew from what was signed`)]
}

function examineKey(dataDir: string): { known: VerifierKey[]; findings: Finding[] } {
  const keys = auditKeysIn(dataDir)
  let known: VerifierKey[] = []
  try {
    known = keys.known()
    // An installation of before the list was kept: its next start makes one.
    const signing = keys.signing()
    return { known: known.length > 0 ? known : [signing], findings: [] }
  } catch (error) {
    if (!(error instanceof KeysError)) throw error
    return { known, findings: [finding('error', `${error.message} Until then nothing is signed.`)] }
  }
}

async function examineOne(
  dataDir: string,
  keys: readonly VerifierKey[],
  admin: pg.Client,
  { id, slug, schema }: Workspace,
): Promise<Finding[]> {
  const name = admin.escapeIdentifier(schema)
  const { rows } = await admin.query<{ size: string; note: string | null; last: string; current: string }>(
    `select w.sealed_size as size, w.sealed_xid::text as last, pg_current_xact_id()::text as current,
       (select c.note from ${name}.audit_checkpoint c order by c.size desc limit 1) as note from ${name}.workspace w`,
  )
  const { size, note, last, current } = rows[0]!
  const readTile: ReadTile = async (level, n) => {
    const tile = await admin.query(`select hashes from ${name}.audit_tile where level = $1 and n = $2`, [level, n])
    return tile.rows[0]?.hashes
  }
  const kept = { workspaceId: id, database: note ?? undefined, path: checkpointPath(dataDir, id), keys }
  const growth = await proveGrowth({ size: Number(size), readTile }, kept)
  const findings: Finding[] = []
  if ('broken' in growth)
    findings.push(
      finding('error', `${slug}: ${growth.broken} Nothing more is signed: see "The history" in docs/operating.md`),
    )
  // A dump keeps the ids of transactions, and a new cluster counts them from the beginning.
  if (BigInt(current) < BigInt(last))
    findings.push(
      finding(
        'error',
        `${slug}: this database was restored into a cluster whose transactions have lower numbers, so new events are not read: stop it and run \`pg_resetwal --epoch=${(BigInt(last) >> 32n) + 1n}\``,
      ),
    )
  return findings
}

function finding(level: Finding['level'], detail: string): Finding {
  return { level, check: 'history', detail }
}
