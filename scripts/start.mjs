import { join } from 'node:path'
import { buildWeb } from './build.mjs'
import { heapFlags, runInstead } from './run.mjs'
import { giveUp, root, setUp } from './setup.mjs'

// `npm start`: everything that is needed, then the server with a demo workspace on an empty data folder.
try {
  const node = setUp()
  buildWeb(node)
  const main = join(root, 'server', 'cli', 'main.ts')
  process.exitCode = await runInstead(node, [...heapFlags, main, 'serve', '--demo', ...process.argv.slice(2)])
} catch (error) {
  giveUp(error)
}
