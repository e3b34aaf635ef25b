import { join } from 'node:path'
import { runInstead } from './run.mjs'
import { giveUp, root, setUp } from './setup.mjs'

// Runs one of our TypeScript programs on the right Node: `node scripts/program.mjs scripts/generate.ts [arguments]`.
try {
  const [program, ...rest] = process.argv.slice(2)
  process.exitCode = await runInstead(setUp(), [join(root, program), ...rest])
} catch (error) {
  giveUp(error)
}
