import { createHash, createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Kysely, sql } from 'kysely'
import { signingKey } from '#server/crypto/derive.ts'
import { requireKey } from '#server/crypto/keys.ts'
import type { PlatformTables, WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

type Owner = { table: 'account_id' | 'member_id'; id: string }

/**
 * The key of a POST and what it stands for, or undefined when the caller gave none. It stands for what was asked with
 * one API token, or without any: an answer given to one token is not given to another, which may do less.
 * @param asked what the request asks for, where that is not its JSON body.
 */
export function idempotencyKeyOf(
  request: FastifyRequest,
  asked = JSON.stringify(request.body ?? null),
): { key: string; sha256: Buffer } | undefined {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw fieldProblem('/headers/Idempotency-Key', 'must be 1 to 200 visible ASCII characters')
  }
  const { authorization = '' } = request.headers
  const sha256 = createHash('sha256').update(`${request.url}\n${authorization}\n${asked}`).digest()
  return { key, sha256 }
}

/**
 * Runs `work` once for a key: in the transaction of its effect, so that both are there or neither is. A second
 * request waits for the first (both insert the same key) and gets its answer. The answer is kept sealed.
 */
export async function once<T>(
  database: Kysely<WorkspaceTables> | Kysely<PlatformTables>,
  services: Services,
  scope: Pick<WorkspaceAddress, 'id'> | 'platform',
  owner: Owner,
  { key, sha256 }: { key: string; sha256: Buffer },
  work: () => Promise<T>,
): Promise<T> {
  const db = database as Kysely<WorkspaceTables>
  const column = sql.ref(owner.table)
  const field = {
    workspace: scope === 'platform' ? 'platform' : scope.id,
    column: 'idempotency.response' as const,
    row: `${owner.id}/${key}`,
  }
  const { keys } = services
  const stored = keyed(services, keys.newest, sha256)
  const claimed =
    await sql`insert into idempotency (${column}, key, request_sha256) values (${owner.id}, ${key}, ${stored})
    on conflict do nothing`.execute(db)
  if (claimed.numAffectedRows === 1n) {
    const result = await work()
    const response = services.sealer.seal(field, JSON.stringify(result ?? null))
    await sql`update idempotency set status = 200, response = ${response} where ${column} = ${owner.id} and key = ${key}`.execute(
      db,
    )
    return result
  }
  const { rows } = await sql<{ request_sha256: Buffer; response: string | null }>`
    select request_sha256, response from idempotency where ${column} = ${owner.id} and key = ${key}`.execute(db)
  const earlier = rows[0]
  if (!earlier?.response) throw problem('conflict', 'The first request with this Idempotency-Key is not finished.')
  const isSame = keys.versions.some(version => earlier.request_sha256.equals(keyed(services, version, sha256)))
  if (!isSame) throw problem('idempotency-key-reused')
  return JSON.parse(services.sealer.open(field, earlier.response)) as T
}

// A body may hold a password: from a plain digest, whoever has the database could guess it a billion times a second.
function keyed({ keys }: Services, version: number, sha256: Buffer): Buffer {
  return createHmac('sha256', signingKey(requireKey(keys, version), 'idempotency'))
    .update(sha256)
    .digest()
}
