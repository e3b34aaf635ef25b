import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

type Entry = { key: string; value?: unknown; failed?: string }
export type Results = ReturnType<typeof openResults>

/**
 * What was measured, a line for each, written as it comes: a run that is cut off can go on where it was (`--resume`).
 * Figures of one file are of one run on one machine, and only those are compared.
 */
export function openResults(folder: string, resume: boolean, options: object) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'results.ndjson')
  if (!resume) rmSync(file, { force: true })
  const values = new Map<string, unknown>()
  const failures = new Map<string, string>()
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : []) {
    const { key, value } = JSON.parse(line) as Entry
    if (value !== undefined) values.set(key, value)
  }
  const write = (entry: Entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`)
  const put = (key: string, value: unknown) => {
    values.set(key, value)
    failures.delete(key)
    write({ key, value })
  }
  if (!values.has('machine')) put('machine', { ...machine(), ...options })
  return {
    put(key: string, value: unknown) {
      put(key, value)
      console.error(key.padEnd(28), JSON.stringify(value, shortened))
    },
    fail(key: string, error: unknown) {
      const text = error instanceof Error ? error.message : String(error)
      failures.set(key, text)
      write({ key, failed: text })
      console.error(key.padEnd(28), `failed: ${text}`)
    },
    note(text: string) {
      put(`note/${text}`, text)
      console.error(text)
    },
    has: (key: string) => values.has(key),
    get: <T>(key: string) => values.get(key) as T | undefined,
    /** All values whose key begins so. */
    under: <T>(prefix: string) => [...values].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value as T),
    failures,
  }
}

function machine() {
  const [first] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    processors: `${cpus().length} × ${first?.model.trim()}`,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
}

function shortened(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}
