import pg from 'pg'
import type { Login } from '#server/database/server.ts'

/** A connection of this login, also while a rotation moves its password from one key to the next. */
export async function connectAs(login: Login, options: pg.ClientConfig = {}): Promise<pg.Client> {
  let refusal: unknown
  for (const password of login.passwords()) {
    const client = new pg.Client({ ...login, ...options, password })
    try {
      await client.connect()
      return client
    } catch (error) {
      // node-postgres keeps the socket of a refused login open until it is ended.
      client.end().catch(() => undefined)
      if (!isRefused(error)) throw error
      refusal ??= error
    }
  }
  throw refusal
}

/** A pool of this login, whose new connections do the same. */
export function openPool(login: Login, options: pg.PoolConfig): pg.Pool {
  let place = 0
  const password = () => {
    const passwords = login.passwords()
    return passwords[place % passwords.length]!
  }
  const pool = new pg.Pool({ ...login, ...options, password })
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>
  const connectRetrying = async (): Promise<pg.PoolClient> => {
    for (let left = login.passwords().length; ; left--) {
      const tried = place
      try {
        return await connect()
      } catch (error) {
        if (!isRefused(error) || left <= 0) throw error
        // Somebody else may have gone on to the next one meanwhile.
        if (place === tried) place++
      }
    }
  }
  // Its own `query` comes by here too, with a callback.
  pool.connect = ((done?: (error: unknown, client?: pg.PoolClient, release?: unknown) => void) => {
    const opened = connectRetrying()
    if (!done) return opened
    opened.then(
      client => done(undefined, client, client.release),
      error => done(error, undefined, () => undefined),
    )
  }) as pg.Pool['connect']
  return pool
}

/** Whether PostgreSQL refused the password. */
export function isRefused(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '28P01'
}
