import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'

/**
 * Kysely on connections that we lend out: each statement is prepared once per connection under the name of its
 * text, so that a repeated query costs one round trip and no planning.
 * @param schema whose own functions the statements call, as `name_:schema(…)`.
 */
export function createDialect(lend: Lend, schema?: string): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: db => new PostgresIntrospector(db),
    createDriver: () => createDriver(lend, schema),
  }
}

type Lend = <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>

function createDriver(lend: Lend, schema: string | undefined): Driver {
  const connection: DatabaseConnection = {
    executeQuery: <R>(query: CompiledQuery) => lend(client => runStatement<R>(client, query, schema)),
    // biome-ignore lint/correctness/useYield: lists are paged by key; nothing streams from a cursor.
    streamQuery: async function* () {
      throw new Error('a query is paged by key, not streamed')
    },
  }
  const unused = () => Promise.reject(new Error('a transaction is opened by transact()'))
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: unused,
    commitTransaction: unused,
    rollbackTransaction: unused,
    destroy: async () => undefined,
  }
}

async function runStatement<R>(
  client: pg.Client,
  { sql, parameters }: CompiledQuery,
  schema: string | undefined,
): Promise<QueryResult<R>> {
  gather(client)
  const text = schema === undefined ? sql : sql.replaceAll('_:schema(', `_${schema}(`)
  // Named by the text that all workspaces share; the owner's connection, which goes from one to the next, keeps none.
  const name = schema === undefined || client.user === schema ? statementName(sql) : undefined
  const result = await ask(client, { ...(name && { name }), text, values: [...parameters] })
  return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
}

/**
 * A query, like `client.query` without a callback. Of 12 MB of results that the latter answers with, V8 keeps 1.7 past
 * the collection of young objects, and so has to collect the old ones every second; of these it keeps 0.04.
 */
export function ask(client: pg.Client, query: string | pg.QueryConfig): Promise<pg.QueryResult> {
  const { promise, resolve, reject } = Promise.withResolvers<pg.QueryResult>()
  client.query(typeof query === 'string' ? { text: query } : query, (error, result) =>
    error ? reject(error) : resolve(result),
  )
  return promise.catch(retraced)
}

// Where an error was read from the wire tells nothing; who waits for the query does.
function retraced(error: Error): never {
  Error.captureStackTrace(error)
  throw error
}

/** What is sent before the next turn of the event loop goes out in one piece. */
export function gather({ connection }: pg.Client): void {
  const { stream } = connection as unknown as { stream: Duplex }
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** In a query whose best plan hangs on its values: it is planned anew each time. */
export const planAnew = '/* planned anew */'

const statementNames = new Map<string, string>()
const mostStatements = 2_000

// Filters combine into many texts; past a bound the rare ones go unnamed instead of filling each connection.
function statementName(text: string): string | undefined {
  const known = statementNames.get(text)
  if (known !== undefined || statementNames.size >= mostStatements || text.includes(planAnew)) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32)
  statementNames.set(text, name)
  return name
}
