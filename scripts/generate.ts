import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { features } from '#server/features/index.ts'
import { describeApi } from '#server/http/openapi.ts'
import { version } from '#server/version.ts'
import { generateClient } from './generate/client.ts'

const root = join(import.meta.dirname, '..')

/** The files that derive from the declarations: path → content. */
export function derivedFiles(): Record<string, string> {
  const document = describeApi(features, version)
  return {
    'client/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'client/index.ts': generateClient(document),
  }
}

if (import.meta.main) {
  for (const [path, content] of Object.entries(derivedFiles())) {
    const file = join(root, path)
    if (read(file) === content) continue
    writeFileSync(file, content)
    console.log(`${path} is new`)
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
