import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { readMigrations } from '#server/database/sql-files.ts'
import { createWorld } from '#tests/setup/world.ts'
import { filesFromDatabase } from '../scripts/generate/from-database.ts'
import { dumpPrivileges, dumpSchema } from '../scripts/generate/schema.ts'
import { derivedFiles } from '../scripts/generate.ts'

const root = join(import.meta.dirname, '..')
const committed = (path: string) => readFileSync(join(root, path), 'utf8')

test('the committed OpenAPI document, client and table of permissions are what the declarations say; `npm run generate` renews them', () => {
  for (const [path, content] of Object.entries(derivedFiles())) expect(committed(path), path).toBe(content)
})

test('the committed schema dumps, privileges and table types are what the migrations add up to', async () => {
  for (const [path, content] of Object.entries(await filesFromDatabase(inject('postgres')))) {
    expect(committed(path), path).toBe(content)
  }
})

test('a new workspace is the same as one that every migration went over', async () => {
  const world = await createWorld()
  onTestFinished(() => world.close())
  const client = { query: async (text: string, values: unknown[]) => ({ rows: await world.superuser(text, values) }) }
  const { schema } = world.acme
  expect(await dumpSchema(client as pg.Client, schema, 'workspace')).toBe(committed('sql/schema/workspace.sql'))
  expect(await dumpPrivileges(client as pg.Client, schema)).toBe(committed('sql/schema/privileges.txt'))
})

test('no migration is edited once it is in sql/released.sha256, where each one is: a new one adds its line', () => {
  const lines = (['platform', 'workspace'] as const).flatMap(scope =>
    readMigrations(scope).map(({ name, sha256 }) => `${sha256}  ${scope}/${name}.sql`),
  )
  expect(committed('sql/released.sha256').trim().split('\n')).toEqual(lines)
})
