import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '#server/postgres/embedded.ts'
import { filesFromDatabase } from './generate/from-database.ts'

const root = join(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'kontor-generate-'))
const postgres = await startEmbedded({ dataDir, superuserPassword: 'generate', durable: false })
try {
  for (const [path, content] of Object.entries(await filesFromDatabase(postgres.superuserUrl())))
    writeFileSync(join(root, path), content)
} finally {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
