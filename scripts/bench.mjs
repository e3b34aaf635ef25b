import { join } from 'node:path'
import { runInstead } from './run.mjs'
import { giveUp, root, setUp } from './setup.mjs'

// Runs the benchmarks.
try {
  const program = join(root, 'bench', 'main.ts')
  process.exitCode = await runInstead(setUp(), [program, ...process.argv.slice(2)])
} catch (error) {
  giveUp(error)
}
