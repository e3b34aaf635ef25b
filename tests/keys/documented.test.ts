import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sealedColumns } from '#server/crypto/sealed-columns.ts'

test('SECURITY.md lists every sealed column with what it holds, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8')
  const listed = text.split('\n').filter(line => /^\| (platform|workspace) \|/.test(line))
  expect(listed).toEqual(
    sealedColumns.map(({ scope, table, column, holds }) => `| ${scope} | \`${table}.${column}\` | ${holds} |`),
  )
})
