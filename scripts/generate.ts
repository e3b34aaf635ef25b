import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { features } from '#server/features/index.ts'
import { describeApi } from '#server/http/openapi.ts'
import { startEmbedded } from '#server/postgres/embedded.ts'
import { version } from '#server/version.ts'
import { generateClient } from './generate/client.ts'
import { filesFromDatabase } from './generate/from-database.ts'
import { generatePermissions } from './generate/permissions.ts'

const root = join(import.meta.dirname, '..')

/** The files that derive from the declarations: path → content. */
export function derivedFiles(): Record<string, string> {
  const document = describeApi(features, version)
  return {
    'client/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'client/index.ts': generateClient(document),
    'docs/permissions.md': generatePermissions(features),
  }
}

if (import.meta.main) {
  for (const [path, content] of Object.entries({ ...(await fromMigrations()), ...derivedFiles() })) {
    const file = join(root, path)
    if (existsSync(file) && readFileSync(file, 'utf8') === content) continue
    writeFileSync(file, content)
    console.log(`${path} is new`)
  }
}

async function fromMigrations(): Promise<Record<string, string>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kontor-generate-'))
  const postgres = await startEmbedded({ dataDir, superuserPassword: 'generate', durable: false })
  try {
    return await filesFromDatabase(postgres.superuserUrl())
  } finally {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
