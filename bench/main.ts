import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './load.ts'
import { seed } from './seed.ts'

const main = join(import.meta.dirname, '../server/cli/main.ts')
const seconds = Number(process.argv[2] ?? 5)
const connections = 16
const port = 8790

/**
 * `npm run bench [-- seconds]`: a fresh installation with 10,000 tasks, 20,000 comments and 20,000 time entries, each
 * operation by token with permissions, audit and durability as in production. Load and server share the machine, so
 * compare ratios within one run, never figures of two runs.
 */
const dataDir = mkdtempSync(join(tmpdir(), 'kontor-bench-'))
const env = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  KONTOR_DATA_DIR: dataDir,
  KONTOR_PORT: String(port),
  KONTOR_LOG_LEVEL: 'error',
  KONTOR_DEMO: 'off',
  NODE_ENV: 'production',
}
const server = spawn(process.execPath, [main, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
const ended = new Promise(resolve => server.once('exit', resolve))
try {
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => String(chunk).includes('ready at') && resolve())
    server.once('exit', code => reject(new Error(`the server ended with ${code}`)))
  })
  const { token, project, task, day } = await seed(main, env)
  const base = `/api/workspaces/bench`
  const requests = {
    'a  a page of 50 tasks of a project': { path: `${base}/tasks?project=${project}&limit=50` },
    'b  one task in full': { path: `${base}/tasks/${task}` },
    'c  create a task': {
      path: `${base}/tasks`,
      method: 'POST',
      body: (n: number) => ({ projectId: project, title: `Task ${n}` }),
    },
    'd  change its status': {
      path: `${base}/tasks/${task}`,
      method: 'PATCH',
      body: (n: number) => ({ status: n % 2 ? 'doing' : 'review' }),
    },
    'e  create a time entry': {
      path: `${base}/time-entries`,
      method: 'POST',
      body: () => ({ projectId: project, startedAt: `${day}T08:00:00Z`, durationSeconds: 1800 }),
    },
    'f  time per project and week': { path: `${base}/reports/time?from=2026-01-01&to=2026-12-31&groupBy=project,week` },
    'g  search': { path: `${base}/search?q=needle` },
    'h  a page of the audit, filtered': { path: `${base}/audit-events?entity=task&action=task.created&limit=50` },
  }
  console.log(`${cpus().length} × ${cpus()[0]?.model}, ${connections} connections, ${seconds} s each\n`)
  console.log(
    'operation'.padEnd(38),
    'requests/s'.padStart(11),
    'p50 ms'.padStart(8),
    'p99 ms'.padStart(8),
    'failed'.padStart(7),
  )
  for (const [name, request] of Object.entries(requests)) {
    const { perSecond, p50, p99, failed } = await measure({ port, token, connections, seconds, ...request })
    console.log(
      name.padEnd(38),
      perSecond.toFixed(0).padStart(11),
      p50.toFixed(1).padStart(8),
      p99.toFixed(1).padStart(8),
      String(failed).padStart(7),
    )
  }
} finally {
  server.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true })
}
