import cluster from 'node:cluster'
import type { Command } from '#server/cli/command.ts'
import { runHttpProcess, serve } from '#server/serve.ts'

export const serveCommand: Command = {
  usage: 'serve [--demo]',
  summary: 'Serve web, API and worker; with --demo, an empty installation gets a demo workspace',
  options: { demo: { type: 'boolean' } },
  async run({ config, values }) {
    if (cluster.isWorker) return runHttpProcess(config)
    await serve(config, { demo: values.demo === true && config.demo })
  },
}
