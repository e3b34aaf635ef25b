import { execFile, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { EmbeddedError } from './embedded-error.ts'
import { nameOfCluster, type SystemUser, serverEnvironment } from './run-as.ts'

export type ClusterOptions = {
  cluster: string
  user: SystemUser | undefined
  binaries: Binaries
  durable: boolean
  password: string
  onLog: (line: string) => void
}

/**
 * Makes sure that the cluster is there, is of our version and belongs to the user who runs it.
 * A new one is built beside its place and renamed when complete, so a killed initdb leaves nothing that counts.
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { cluster, user, binaries } = options
  removeUnfinished(cluster)
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    refuseOtherVersion(cluster, binaries)
    // Restored or copied by root: the server insists on owning its files.
    if (user && statSync(cluster).uid !== user.uid) {
      await promisify(execFile)('chown', ['-R', `${user.uid}:${user.gid}`, cluster])
    }
    return
  }
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new EmbeddedError(
      `${cluster} is not a PostgreSQL data folder: move it away, or set KONTOR_DATA_DIR to another folder.`,
    )
  }
  options.onLog('Creating the database (once).')
  await createCluster(options)
}

async function createCluster({ cluster, user, binaries, durable, password }: ClusterOptions): Promise<void> {
  const unfinished = `${cluster}.new-${process.pid}`
  mkdirSync(unfinished, { mode: 0o700 })
  if (user) chownSync(unfinished, user.uid, user.gid)
  const secret = passwordFile(`${unfinished}.secret`, password, user)
  const initdb = spawn(
    binaries.initdb,
    [
      `--pgdata=${nameOfCluster(unfinished, user)}`,
      '--pwfile=/dev/fd/3',
      '--username=postgres',
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...user, cwd: unfinished, env: serverEnvironment, stdio: ['ignore', 'ignore', 'pipe', secret] },
  )
  closeSync(secret)
  const exited = new Promise<number | null>((resolve, reject) => initdb.once('error', reject).once('close', resolve))
  const [code, complaint] = await Promise.all([exited, text(initdb.stderr!)])
  if (code !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    throw new EmbeddedError(
      `PostgreSQL could not create its data folder ${cluster}: ${complaint.trim() || `initdb ended with ${code}`}`,
    )
  }
  renameSync(unfinished, cluster)
  if (durable) syncFolder(dirname(cluster))
}

/** An open file without a name, so the password is never left behind, and the other user needs no way to it. */
function passwordFile(path: string, password: string, user: SystemUser | undefined): number {
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  if (user) fchownSync(file, user.uid, user.gid)
  writeSync(file, `${password}\n`, 0)
  return file
}

function removeUnfinished(cluster: string): void {
  const parent = dirname(cluster)
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${basename(cluster)}.new-`)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function refuseOtherVersion(cluster: string, binaries: Binaries): void {
  const written = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  const major = binaries.version.split('.')[0]
  if (written === major) return
  throw new EmbeddedError(
    `${cluster} was written by PostgreSQL ${written} and this is PostgreSQL ${major}: export the workspaces with the version of Kontor that wrote it, and import them here.`,
  )
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
