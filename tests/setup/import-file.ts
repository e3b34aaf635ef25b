import { readFileSync } from 'node:fs'
import type { Client, Import } from '#client'

/** A sample of another tool's file. */
export function sample(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/imports/${name}`, import.meta.url))
}

/** The form of an import: the text fields stand before the file. */
export function importForm(
  content: string | Uint8Array,
  fileName: string,
  fields: Record<string, string> = { format: 'auto' },
): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([content as BlobPart]), fileName)
  return form
}

/** Reads an import again and again until the worker has ended it. */
export async function waitForImport(api: Client, workspace: string, id: string): Promise<Import> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await api.getImport({ path: { workspace, import: id } })
    if (found.status === 'done' || found.status === 'failed') return found
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the import does not end')
}
