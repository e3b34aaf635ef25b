import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { environmentFor } from './run.mjs'
import { giveUp, note, root, SetupError, setUp } from './setup.mjs'

/**
 * Builds the web client into web/dist, unless what is there was built from the same files.
 * @throws SetupError when Vite fails.
 */
export function buildWeb(node) {
  const web = join(root, 'web')
  if (!existsSync(join(web, 'vite.config.ts'))) return
  const inputs = hashOf(['web', 'client', 'package-lock.json'])
  const stamp = join(web, 'dist', '.inputs')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return
  note('Building the web client …')
  // Gone first and written last: a killed build is done again.
  rmSync(stamp, { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: web,
    stdio: ['ignore', 2, 2],
    timeout: 5 * 60_000,
    // Vite builds a development bundle when the caller's environment says so.
    env: { ...environmentFor(node), NODE_ENV: 'production' },
  })
  if (status !== 0) throw new SetupError('The web client could not be built; what Vite said stands above.')
  writeFileSync(stamp, inputs)
}

/** One hash over names and contents. */
function hashOf(names) {
  const hash = createHash('sha256')
  for (const name of names) {
    for (const path of filesIn(join(root, name))) {
      hash.update(`${relative(root, path)}\0`).update(createHash('sha256').update(readFileSync(path)).digest())
    }
  }
  return hash.digest('hex')
}

const skipped = new Set(['dist', 'node_modules', 'test-results'])

function filesIn(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      if (skipped.has(entry.name)) return []
      if (entry.isDirectory()) return filesIn(join(path, entry.name))
      return entry.isFile() ? [join(path, entry.name)] : []
    })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    buildWeb(setUp())
  } catch (error) {
    giveUp(error)
  }
}
