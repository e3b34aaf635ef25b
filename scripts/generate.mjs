import { join } from 'node:path'
import { runInstead } from './run.mjs'
import { giveUp, root, setUp } from './setup.mjs'

// Derives the files that are generated, and writes them.
try {
  const program = join(root, 'scripts', 'generate.ts')
  process.exitCode = await runInstead(setUp(), [program, ...process.argv.slice(2)])
} catch (error) {
  giveUp(error)
}
