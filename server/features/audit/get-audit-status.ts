import { sql } from 'kysely'
import Type, { type Static } from 'typebox'
import type { VerifierKey } from '#server/audit-log/note.ts'
import type { AuditKeys } from '#server/audit-log/signing-key.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { AuditCheckpoint, Size, toAuditCheckpoint } from '#server/features/audit/audit-checkpoint.ts'
import { checkpointPath } from '#server/features/audit/checkpoint-file.ts'
import { proveGrowth } from '#server/features/audit/consistency.ts'
import { findNewestCheckpoint, type StoredCheckpoint, tileReader } from '#server/features/audit/tree-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace, oneOf } from '#server/http/schemas.ts'

const states = ['ok', 'behind', 'inconsistent'] as const

const AuditStatus = Type.Object(
  {
    sealedSize: Size,
    unsealed: Type.Integer({ description: 'Events that are not in the tree yet; each is within 5 seconds' }),
    checkpoint: Type.Unsafe<AuditCheckpoint | null>({ anyOf: [AuditCheckpoint, { type: 'null' }] }),
    verifierKey: Type.String({ description: 'The public key, as `kontor audit verify --key` takes it' }),
    state: oneOf(states, {
      description:
        '`ok`; `behind`: events wait for longer than they should to be sealed or signed; `inconsistent`: the history is ' +
        'not what was signed, and nothing more is signed until the operator has looked at it',
    }),
    sentence: Type.String({ description: 'The same for people, in English' }),
  },
  { $id: 'AuditStatus' },
)
type State = Pick<Static<typeof AuditStatus>, 'state' | 'sentence'>

export const getAuditStatus = operation({
  id: 'getAuditStatus',
  summary: 'Say how far the history is sealed and signed, and whether it is consistent',
  route: 'GET /api/workspaces/:workspace/audit-checkpoints/status',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace(),
  returns: AuditStatus,
  async run({ db, services, workspace }) {
    const newest = await findNewestCheckpoint(() => db.rows('audit_checkpoint'))
    // Read after the checkpoint, so that there are at least as many leaves.
    const tree = await db
      .rows('audit_tree')
      .select(['workspace.sealed_size as size', unsealed.as('unsealed'), secondsUnsealed.as('secondsUnsealed')])
      .select(secondsUnsigned(newest?.size ?? 0).as('secondsUnsigned'))
      .executeTakeFirstOrThrow()
    const key = keyState(services.auditKeys)
    const found = await proveGrowth(
      { size: tree.size, readTile: tileReader(() => db.rows('audit_tile')) },
      {
        workspaceId: workspace.id,
        database: newest?.note,
        path: checkpointPath(services.config.dataDir, workspace.id),
        keys: key.known,
      },
    )
    return {
      ...{ sealedSize: tree.size, unsealed: tree.unsealed, verifierKey: key.known.at(-1)?.vkey ?? '' },
      checkpoint: newest ? toAuditCheckpoint(newest) : null,
      ...('broken' in found
        ? { state: 'inconsistent' as const, sentence: found.broken }
        : stateOf(tree, newest, key.isUsable)),
    }
  },
})

// The index is audit_event_order.
const unsealed = sql<number>`(select count(*) from audit_event e
  where (e.xid, e.seq) > (workspace.sealed_xid, workspace.sealed_seq))`
const secondsUnsealed = sql<
  number | null
>`(select extract(epoch from clock_timestamp() - e.at)::float8 from audit_event e
  where (e.xid, e.seq) > (workspace.sealed_xid, workspace.sealed_seq) order by e.xid, e.seq limit 1)`

// The index is audit_leaf_index.
const secondsUnsigned = (size: number) => sql<number | null>`(
  select extract(epoch from clock_timestamp() - l.at)::float8 from audit_leaf l where l.index = ${size})`

type Tree = { size: number; unsealed: number; secondsUnsealed: number | null; secondsUnsigned: number | null }
// Generous: a long import is sealed once it has ended, and a checkpoint is due within the hour.
const mostSecondsUnsealed = 300
const mostSecondsUnsigned = 3_900

function keyState(keys: AuditKeys): { known: VerifierKey[]; isUsable: boolean } {
  let known: VerifierKey[] = []
  try {
    known = keys.known()
    keys.signing()
    return { known, isUsable: true }
  } catch (error) {
    if (!(error instanceof KeysError)) throw error
    return { known, isUsable: false }
  }
}

function stateOf(tree: Tree, newest: StoredCheckpoint | undefined, isKeyUsable: boolean): State {
  const { size, unsealed, secondsUnsealed, secondsUnsigned } = tree
  const signed = newest?.size ?? 0
  if ((secondsUnsealed ?? 0) > mostSecondsUnsealed)
    return {
      state: 'behind',
      sentence: `${unsealed} events wait to be sealed: the worker does not keep up, or stands.`,
    }
  if ((secondsUnsigned ?? 0) > mostSecondsUnsigned)
    return { state: 'behind', sentence: `${size - signed} sealed events wait to be signed for: the worker stands.` }
  if (!isKeyUsable)
    return {
      state: 'behind',
      sentence: `Nothing is signed, for want of the key of this server: its operator can tell more by \`kontor doctor\`.`,
    }
  return { state: 'ok', sentence: `${size} events are sealed, and ${signed} of them are signed for.` }
}
