import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../sql')

export type Migration = { name: string; sha256: string; sql: string }

/** The numbered migrations of `platform` or `workspace`, in order. */
export function readMigrations(scope: 'platform' | 'workspace'): Migration[] {
  const folder = join(root, scope)
  return readdirSync(folder)
    .filter(file => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map(file => {
      const sql = readFileSync(join(folder, file), 'utf8')
      return { name: file.slice(0, -'.sql'.length), sha256: createHash('sha256').update(sql).digest('hex'), sql }
    })
}

export function readClusterSql(name: 'roles' | 'database' | 'functions'): string {
  return readFileSync(join(root, 'cluster', `${name}.sql`), 'utf8')
}
