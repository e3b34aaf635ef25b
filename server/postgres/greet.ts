import { Client, DatabaseError } from 'pg'
import { EmbeddedError } from './embedded-error.ts'

/**
 * Signs in once, so that a wrong password shows at the start and not in the first request.
 * @throws EmbeddedError when the cluster was created with another password.
 */
export async function greet(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '28P01') {
      throw new EmbeddedError(
        'The database in the data folder was created with another superuser password: put the keys back that belong to this folder.',
      )
    }
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
