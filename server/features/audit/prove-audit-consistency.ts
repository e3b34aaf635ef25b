import Type from 'typebox'
import { proveConsistency } from '#server/audit-log/proofs.ts'
import { rootAt } from '#server/audit-log/tiles.ts'
import { Base64, Size } from '#server/features/audit/audit-checkpoint.ts'
import { tileReader } from '#server/features/audit/tree-queries.ts'
import { operation } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'

const wanted = (description: string) => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description })

const ConsistencyProof = Type.Object(
  {
    from: Size,
    fromHash: Type.String({ ...Base64, description: 'The root of the first `from` leaves' }),
    to: Size,
    toHash: Type.String({ ...Base64, description: 'The root of the first `to` leaves' }),
    hashes: Type.Array(Base64, { description: 'The proof (RFC 9162, section 2.1.4)' }),
  },
  { $id: 'AuditConsistencyProof' },
)

const problems = {
  'no-such-tree': { status: 422, title: 'The history was never of that size' },
} as const satisfies ProblemTable

export const proveAuditConsistency = operation({
  id: 'proveAuditConsistency',
  summary: 'Prove that the history grew from an earlier checkpoint',
  description:
    'Takes the sizes of two checkpoints. Whoever keeps the earlier one checks with the proof that nothing of what it ' +
    'covers was changed, removed or added since.',
  route: 'GET /api/workspaces/:workspace/audit-checkpoints/consistency',
  needs: { resource: 'audit', action: 'read' },
  params: inWorkspace(),
  query: object({ from: wanted('The size of the earlier tree'), to: wanted('The size of the later tree') }),
  returns: ConsistencyProof,
  problems,
  async run({ db, query: { from, to }, problem }) {
    const refuse = (pointer: string, message: string) =>
      problem('no-such-tree', message, { errors: [{ pointer, message }] })
    if (from > to) throw refuse('/query/from', 'must not be larger than `to`')
    const { size } = await db.rows('audit_tree').select('workspace.sealed_size as size').executeTakeFirstOrThrow()
    if (to > size) throw refuse('/query/to', `must not be larger than the tree, which has ${size} leaves`)
    const readTile = tileReader(() => db.rows('audit_tile'))
    const hashes = await proveConsistency(from, to, readTile)
    const root = async (of: number) => (await rootAt(of, readTile)).toString('base64')
    return {
      ...{ from, fromHash: await root(from), to, toHash: await root(to) },
      hashes: hashes.map(hash => hash.toString('base64')),
    }
  },
})
