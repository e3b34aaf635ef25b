import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { filesFromDatabase } from '../scripts/generate/from-database.ts'
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
