import type { TestProject } from 'vitest/node'
import { startTestPostgres } from './postgres.ts'
import { makeRunFolder, removeRunFolder } from './run-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the run's PostgreSQL, database `postgres`. Tests make databases of their own on it. */
    postgres: string
  }
}

/** One PostgreSQL for the whole run; it goes when the run ends, however it ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  makeRunFolder()
  const postgres = await startTestPostgres()
  const remove = () => removeRunFolder()
  process.once('exit', remove)
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.stop()
    process.off('exit', remove)
    remove()
  }
}
