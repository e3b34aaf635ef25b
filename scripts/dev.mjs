import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { endOnce, environmentFor } from './run.mjs'
import { giveUp, root, setUp } from './setup.mjs'

// `npm run dev`: the server, started anew at every change, and Vite in front of it. They end together.
try {
  const node = setUp()
  const commands = [['--watch', '--watch-preserve-output', join(root, 'server', 'cli', 'main.ts'), 'serve', '--demo']]
  if (existsSync(join(root, 'web', 'vite.config.ts'))) {
    commands.push([join(root, 'node_modules', 'vite', 'bin', 'vite.js'), join(root, 'web')])
  }
  const children = commands.map(args => spawn(node, args, { cwd: root, stdio: 'inherit', env: environmentFor(node) }))
  const endAll = signal => {
    for (const child of children) child.kill(signal)
  }
  endOnce(endAll, { sameGroup: true })
  for (const child of children) {
    child.once('exit', code => {
      process.exitCode ||= code ?? 0
      endAll('SIGTERM')
    })
  }
} catch (error) {
  giveUp(error)
}
