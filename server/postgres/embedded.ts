import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { greet } from './greet.ts'
import { launch } from './launch.ts'
import { acquireLock } from './lock.ts'
import { settleOrphan } from './postmaster.ts'
import { chooseUser } from './run-as.ts'
import { hasSocket, settingsFor, socketInCluster } from './settings.ts'

export type EmbeddedOptions = {
  /** Holds everything: the cluster (`postgres/`), `postgres.log`, `postgres.port`, the lock. Created when missing. */
  dataDir: string
  /** Set when the cluster is created, checked at every later start. */
  superuserPassword: string
  /** Fixed; without it a free one is chosen and kept for the next start. */
  port?: number
  /** `false` trades durability for speed (tests only). */
  durable?: boolean
  /** More settings for postgresql.conf; they win over ours. */
  settings?: Record<string, string>
  /** Sentences for the operator, such as "Creating the database". */
  onLog?: (line: string) => void
  /** PostgreSQL ended although nobody asked it to. `stop()` still has to be called, to let go of the folder. */
  onExit?: (reason: string) => void
}

export type EmbeddedPostgres = {
  host: string
  port: number
  /** The folder of its socket, by which processes of this machine that may enter it come in at less cost. */
  socketFolder: string | undefined
  /** Such as `18.4`. */
  version: string
  /** The postmaster's process id. */
  pid: number
  superuserUrl(database?: string): string
  /** Fast shutdown: sessions are ended, everything is written. Resolves when the process is gone; may be called twice. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL of the data folder on loopback and holds the folder's lock until `stop()`.
 * It survives Ctrl-C and the death of its parent on purpose: the next start ends such an orphan cleanly.
 * @throws EmbeddedError with one sentence for the operator.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(options.dataDir)
  const cluster = join(dataDir, 'postgres')
  const durable = options.durable ?? true
  const onLog = options.onLog ?? (() => {})
  const lock = acquireLock(dataDir)
  try {
    const user = chooseUser(dataDir, cluster)
    const binaries = await findBinaries(user, onLog)
    await settleOrphan(cluster, onLog)
    await ensureCluster({ cluster, user, binaries, durable, password: options.superuserPassword, onLog })
    const socketFolder = hasSocket(cluster) ? cluster : undefined
    const settings = { ...settingsFor(durable), ...(socketFolder ? socketInCluster : {}), ...options.settings }
    const server = await launch({
      dataDir,
      cluster,
      user,
      binaries,
      settings,
      port: options.port,
      onLog,
      onExit: options.onExit,
    })
    const superuserUrl = (database = 'postgres') =>
      `postgres://postgres:${encodeURIComponent(options.superuserPassword)}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`
    const stop = async () => {
      await server.stop()
      lock.release()
    }
    await greet(superuserUrl()).catch(async error => {
      await stop()
      throw error
    })
    const { port, pid } = server
    return { host: '127.0.0.1', port, socketFolder, version: binaries.version, pid, superuserUrl, stop }
  } catch (error) {
    lock.release()
    throw error
  }
}
