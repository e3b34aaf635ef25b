import { Kysely } from 'kysely'
import pg from 'pg'
import type { KeyRing } from '#server/crypto/keys.ts'
import type { Connections } from '#server/database/connections.ts'
import { ask, createDialect, gather } from '#server/database/dialect.ts'
import { openReader, openWriter, type Reader, type Writer } from '#server/database/door.ts'
import { type DatabaseServer, loginAs } from '#server/database/server.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { ProblemError, problem } from '#server/http/problems.ts'
import type { Access } from '#server/permissions/access.ts'
import { isPermissions, lesser, type Permissions, resources } from '#server/permissions/roles.ts'

/** Where the directory says that a workspace lives. */
export type WorkspaceAddress = { id: string; slug: string; schema: string; loginKey: number }
/** By what the caller proved to be a member: a session's account, or an API token. */
export type Credential = { memberId: string } | { tokenHash: Buffer }

/** What the audit events of a change tell besides who: the request, from where it came, why, and the job that it was. */
export type Origin = { requestId: string; address?: string; reason?: string; job?: string }

/** Told of each transaction that an access opens: before it begins, and after it has committed. */
export type OnWrite = { before(workspace: WorkspaceAddress): Promise<void>; after(schema: string): void }

export type Workspaces = ReturnType<typeof openWorkspaces>

/** The data of workspaces: each is reached through connections that log in as its own role, and through no other. */
export function openWorkspaces(connections: Connections, server: DatabaseServer, keys: KeyRing, onWrite?: OnWrite) {
  const accesses = createAccessCache()

  return {
    findAccess,
    requireAccess,
    read,
    transact,
    system,
    forget: (schema: string) => connections.closeLogin(schema),
  }

  function on<T>(workspace: WorkspaceAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
    return connections.use(workspace.schema, loginAs(server, keys, workspace.schema, workspace.loginKey), work)
  }

  /** What the caller may do, or undefined: no such member or token. May be a moment old; statements confirm it. */
  async function findAccess(workspace: WorkspaceAddress, credential: Credential): Promise<Access | undefined> {
    const key = `${workspace.schema}/${'memberId' in credential ? credential.memberId : credential.tokenHash.toString('base64url')}`
    const known = accesses.get(key)
    if (known) return known
    const found = await on(workspace, client => readAccess(client, credential))
    if (found) accesses.set(key, found)
    return found
  }

  /**
   * Runs `work` with a reader. When the database refuses the access as outdated, it is read anew and `work` runs
   * once more; a caller who has lost it altogether gets 401.
   */
  function read<T>(workspace: WorkspaceAddress, credential: Credential, work: (db: Reader) => Promise<T>): Promise<T> {
    return withAccess(workspace, credential, access => {
      const database = new Kysely<WorkspaceTables>({
        dialect: createDialect(run => on(workspace, run), workspace.schema),
      })
      return work(openReader(database, access))
    })
  }

  /** Runs `work` in one transaction, with audit events in the caller's name. */
  async function transact<T>(
    workspace: WorkspaceAddress,
    credential: Credential,
    { requestId, address, reason, job }: Origin,
    work: (db: Writer, database: Kysely<WorkspaceTables>) => Promise<T>,
  ): Promise<T> {
    await onWrite?.before(workspace)
    const result = await withAccess(workspace, credential, access =>
      on(workspace, client => {
        const { memberId, roleId, roleVersion, tokenId } = access
        const origin = [requestId, address ?? null, reason ?? null, job ?? null]
        const begin = { ...beginChange(workspace.schema), values: [memberId, roleId, roleVersion, tokenId, ...origin] }
        return inTransaction(client, workspace.schema, begin, database => work(openWriter(database, access), database))
      }),
    )
    onWrite?.after(workspace.schema)
    return result
  }

  /**
   * For the server's own work (events, jobs), which acts for nobody in particular. Operations do not get it.
   * @param job what audit events say it was.
   */
  function system<T>(
    workspace: WorkspaceAddress,
    work: (database: Kysely<WorkspaceTables>) => Promise<T>,
    job?: string,
  ): Promise<T> {
    const begin = job === undefined ? undefined : { ...beginJob(workspace.schema), values: [job] }
    return on(workspace, client => inTransaction(client, workspace.schema, begin, work))
  }

  /** The same, or the problem of a caller without access. */
  async function requireAccess(workspace: WorkspaceAddress, credential: Credential): Promise<Access> {
    const access = await findAccess(workspace, credential)
    if (!access) throw lost(credential)
    return access
  }

  async function withAccess<T>(
    workspace: WorkspaceAddress,
    credential: Credential,
    work: (access: Access) => Promise<T>,
    changes = 0,
  ): Promise<T> {
    const access = await requireAccess(workspace, credential)
    try {
      return await work(access)
    } catch (error) {
      const isOutdated = error instanceof pg.DatabaseError && error.code === 'KT401'
      const isRefused = error instanceof ProblemError && error.code === 'forbidden'
      if (!isOutdated && !isRefused) throw error
      accesses.forget(access)
      // A refusal stands unless it was based on a role that the member no longer has.
      const fresh = await requireAccess(workspace, credential)
      if (isRefused && fresh.roleId === access.roleId && fresh.roleVersion === access.roleVersion) throw error
      // It can change again while it waits for its turn; somebody whose access never rests is asked to come back.
      if (changes === mostChanges) throw problem('busy', undefined, { retryAfterSeconds: 1 })
      return withAccess(workspace, credential, work, changes + 1)
    }
  }
}

const mostChanges = 5

// A token that is no longer good signs nobody in; an account that is no longer a member sees no workspace here.
const lost = (credential: Credential) => problem('memberId' in credential ? 'not-found' : 'not-signed-in')

const beginChange = (schema: string) => ({
  name: 'begin-change',
  text: `select begin_change_${schema}($1, $2, $3, $4, $5, $6, $7, $8)`,
})
const beginJob = (schema: string) => ({ name: 'begin-job', text: `select begin_job_${schema}($1)` })

async function inTransaction<T>(
  client: pg.Client,
  schema: string,
  first: pg.QueryConfig | undefined,
  work: (database: Kysely<WorkspaceTables>) => Promise<T>,
): Promise<T> {
  let failure: unknown
  let isOver = false
  // Statements may be on their way together: those after one that failed only say that the transaction is lost.
  const run = async <R>(statement: (client: pg.Client) => Promise<R>): Promise<R> => {
    // A part of the work that outlives it would write on its own, and on somebody else's connection.
    if (isOver) throw failure ?? new Error('the transaction has ended')
    try {
      return await statement(client)
    } catch (error) {
      failure ??= error
      throw isAborted(error) ? failure : error
    }
  }
  gather(client)
  const begun = Promise.all([ask(client, 'begin'), first && run(() => ask(client, first))])
  try {
    // What the work asks for first goes out with the beginning, and is answered only if that is.
    const [result] = await Promise.all([
      work(new Kysely<WorkspaceTables>({ dialect: createDialect(run, schema) })),
      begun,
    ])
    isOver = true
    await ask(client, 'commit')
    return result
  } catch (error) {
    isOver = true
    failure ??= error
    // Whatever the work made of it: who has lost their access is told that.
    const refused = await begun.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    await ask(client, 'rollback').catch(() => undefined)
    throw refused ?? error
  }
}

function isAborted(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '25P02'
}

const accessColumns = `m.id as member_id, r.id as role_id, r.version as role_version, r.guest, r.permissions`

async function readAccess(client: pg.Client, credential: Credential): Promise<Access | undefined> {
  const { rows } =
    'memberId' in credential
      ? await ask(client, {
          name: 'access-of-member',
          text: `select ${accessColumns}, null as token_id, null as token_permissions
                 from member m join role r on r.id = m.role_id where m.id = $1 and m.active`,
          values: [credential.memberId],
        })
      : await ask(client, {
          name: 'access-of-token',
          text: `select ${accessColumns}, t.id as token_id, t.permissions as token_permissions
                 from api_token t join member m on m.id = t.member_id join role r on r.id = m.role_id
                 where t.token_hash = $1 and m.active and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())`,
          values: [credential.tokenHash],
        })
  const row = rows[0]
  if (!row) return undefined
  if (!isPermissions(row.permissions)) throw new Error('a role has a matrix that this version does not know')
  return {
    memberId: row.member_id,
    roleId: row.role_id,
    roleVersion: row.role_version,
    guest: row.guest,
    permissions: row.token_permissions ? narrowed(row.permissions, row.token_permissions) : row.permissions,
    tokenId: row.token_id,
  }
}

/** What a token may do: what it was given, and never more than its member may at this moment. */
function narrowed(permissions: Permissions, given: Partial<Record<string, Record<string, string>>>): Permissions {
  const entries = resources.map(resource => {
    const actions = Object.entries(permissions[resource]).map(([action, scope]) => {
      const limit = given[resource]?.[action] as typeof scope | undefined
      return [action, limit ? lesser(scope, limit) : 'none']
    })
    return [resource, Object.fromEntries(actions)]
  })
  return Object.fromEntries(entries) as Permissions
}

const mostAccesses = 10_000

// Old entries do no harm, because every statement confirms what it was built on; the bound is for memory.
function createAccessCache() {
  const entries = new Map<string, Access>()
  return {
    get: (key: string) => entries.get(key),
    set(key: string, access: Access) {
      if (entries.size >= mostAccesses) entries.delete(entries.keys().next().value!)
      entries.set(key, access)
    },
    forget(access: Access) {
      for (const [key, known] of entries) if (known === access) entries.delete(key)
    },
  }
}
