import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '#server/postgres/embedded.ts'
import { acquireLock } from '#server/postgres/lock.ts'
import { settleOrphan } from '#server/postgres/postmaster.ts'
import { killedRunFolders, removeRunFolder } from './run-folder.ts'

/** A throwaway PostgreSQL, without durability, in a temporary folder. */
export async function startTestPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  await sweepKilledRuns()
  const dataDir = mkdtempSync(join(tmpdir(), prefix))
  const postgres = await startEmbedded({ dataDir, superuserPassword: 'test', durable: false, settings })
  // Ctrl-C and SIGTERM end Vitest without its teardown; an exit handler has no time for a polite stop, nor the data any use.
  const kill = () => {
    process.kill(postgres.pid, 'SIGQUIT')
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
  const interrupted = () => process.exit(130)
  process.once('exit', kill)
  for (const signal of signals) process.once(signal, interrupted)
  return {
    url: postgres.superuserUrl(),
    async stop() {
      process.off('exit', kill)
      for (const signal of signals) process.off(signal, interrupted)
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const prefix = 'kontor-test-postgres-'
// It may lie in memory: less of it, and no minutes of work at once for a checkpoint.
const settings = { max_wal_size: '256MB' }
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Ends and removes what a run left that was killed with -9: its lock is free and its server may still be up. */
async function sweepKilledRuns(): Promise<void> {
  const killed = killedRunFolders()
  for (const folder of [tmpdir(), process.env.TESTS_ON_DISK ?? tmpdir(), ...killed]) {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(prefix)) continue
      const dataDir = join(folder, name)
      try {
        const lock = acquireLock(dataDir)
        await settleOrphan(join(dataDir, 'postgres'), () => {})
        lock.release()
        rmSync(dataDir, { recursive: true, force: true })
      } catch {
        // It belongs to a run that lives, or to another user.
      }
    }
  }
  for (const folder of killed) removeRunFolder(folder)
}
