import cluster, { type Address } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Config } from '#server/config/config.ts'
import { KeysError } from '#server/crypto/keys.ts'
import { bootstrap } from '#server/database/bootstrap.ts'
import { migrate } from '#server/database/migrate.ts'
import { serverAt } from '#server/database/server.ts'
import { ensureDemo } from '#server/demo/demo.ts'
import { createApp } from '#server/http/app.ts'
import type { Readiness } from '#server/http/health.ts'
import { listen } from '#server/http/listen.ts'
import { type Installation, loadKeys, openInstallation } from '#server/installation.ts'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { findLostKeys } from '#server/keys/find-lost-keys.ts'
import { followKeys } from '#server/keys/follow-keys.ts'
import { giveWorkspaceKeys } from '#server/keys/give-workspace-keys.ts'
import { resumeRotation, rotateKeysLater } from '#server/keys/rotate-keys.ts'
import { createLog } from '#server/log.ts'
import type { Services } from '#server/services.ts'
import { startServices } from '#server/start-services.ts'
import { stopOnSignal } from '#server/stop-on-signal.ts'
import { version } from '#server/version.ts'

/** Serves web, API and worker until a signal. Listens first, so that "ready" can say that it is migrating. */
export async function serve(config: Config, { demo }: { demo: boolean }): Promise<void> {
  const log = createLog(config)
  const state = { ready: false, reason: 'starting' }
  const stops: (() => Promise<void>)[] = []
  const stopping = stopOnSignal(stops, log)
  const installation = await openInstallation(config, {
    onLog: line => console.error(line),
    onExit: reason => {
      log.fatal({ reason }, 'PostgreSQL ended')
      console.error(`PostgreSQL ended (${reason}). Start Kontor again: nothing that was acknowledged is lost.`)
      state.ready = false
      void stopping.now(1)
    },
  })
  stops.unshift(() => installation.stop())
  const { services, prepareQueue, close } = startServices({ config, log, ...installation })
  stops.unshift(close)
  const app = await createApp(services, readinessOf(state, services))
  const { url, started } = await openHttp(app, config, installation, stops)
  state.reason = 'migrating'
  await bootstrap(installation.server, installation.keys)
  const broken = await migrate(installation.server, installation.keys, (done, total) => {
    if (total > 10 && done % 50 === 0) console.error(`Migrating workspaces: ${done} of ${total}`)
  })
  if (broken.length > 0) log.error({ workspaces: broken }, 'workspaces that could not be migrated are set aside')
  const following = await followKeys(services, 'serve', true)
  stops.unshift(following.stop)
  await prepareQueue()
  if (await giveWorkspaceKeys(services)) await rotateKeysLater(services)
  else await resumeRotation(services)
  await tellOfLostKeys(services)
  tellOfAuditKey(services)
  const worker = await startWorker(services, handlers)
  stops.unshift(() => worker.stop())
  const welcome = demo ? await ensureDemo(services) : undefined
  state.ready = true
  await started
  if (welcome) console.log(welcome)
  console.log(`Kontor ${version} is ready at ${url}`)
  await stopping.done
}

/** One of several HTTP processes: the first process owns the database, the worker and the port. */
export async function runHttpProcess(config: Config): Promise<void> {
  const log = createLog(config)
  const stops: (() => Promise<void>)[] = []
  const stopping = stopOnSignal(stops, log)
  const { services, close } = startServices({
    config,
    log,
    keys: await loadKeys(config),
    server: { ...serverAt(process.env.DATABASE_OF_KONTOR!), socketFolder: process.env.SOCKET_OF_KONTOR },
  })
  stops.unshift(close)
  const state = { ready: false, reason: 'starting' }
  const app = await createApp(services, readinessOf(state, services))
  await listen(app, config)
  stops.unshift(() => app.close())
  const following = await followWhenMigrated(services)
  stops.splice(1, 0, following.stop)
  state.ready = true
  process.send?.(hasStarted)
  // The first process lets go of it once its requests are answered: it ends then, for it keeps connections open.
  process.once('disconnect', () => void stopping.now(0))
  await stopping.done
}

/** Their rows with secrets answer 503 until the files are back; everything else goes on. */
async function tellOfLostKeys({ platform, workspaceKeys, log }: Services): Promise<void> {
  const rows = await platform.db.selectFrom('workspace').select(['id', 'slug']).where('has_key', '=', true).execute()
  const lost = findLostKeys(rows, workspaceKeys)
  if (lost.length > 0) log.error({ workspaces: lost }, 'workspaces whose own key is lost: put its file back')
}

/** Changes go on and are sealed; nothing is signed until the operator has put it right. */
function tellOfAuditKey({ auditKeys, log }: Services): void {
  try {
    auditKeys.signing()
  } catch (error) {
    if (!(error instanceof KeysError)) throw error
    log.error(`no history is signed: ${error.message}`)
  }
}

const hasStarted = 'started'

/** The first process migrates while the others wait: until then there may be nothing to ask. */
async function followWhenMigrated(services: Services): ReturnType<typeof followKeys> {
  for (;;) {
    try {
      return await followKeys(services, 'http', false)
    } catch (error) {
      services.log.debug({ err: error }, 'the platform is not there yet')
      await pause(200)
    }
  }
}

async function openHttp(
  app: FastifyInstance,
  config: Config,
  { server }: Installation,
  stops: (() => Promise<void>)[],
): Promise<{ url: string; started: Promise<void> }> {
  if (config.processes === 1) {
    const url = await listen(app, config)
    stops.unshift(() => app.close())
    return { url: config.publicUrl?.origin ?? url, started: Promise.resolve() }
  }
  await app.close()
  cluster.setupPrimary({ args: ['serve'] })
  const env = {
    DATABASE_OF_KONTOR: server.admin.connectionString,
    ...(server.socketFolder ? { SOCKET_OF_KONTOR: server.socketFolder } : {}),
  }
  const fork = () => cluster.fork(env)
  const listening = Promise.all(
    Array.from(
      { length: config.processes },
      () => new Promise<number>(resolve => fork().once('listening', ({ port }: Address) => resolve(port))),
    ),
  )
  let stopping = false
  cluster.on('exit', () => {
    if (!stopping) fork()
  })
  stops.unshift(async () => {
    stopping = true
    await new Promise<void>(resolve => cluster.disconnect(resolve))
  })
  const started = allStarted(config.processes)
  // They share it, also where any free one would do.
  const [port] = await listening
  return { url: config.publicUrl?.origin ?? `http://${config.host}:${port}`, started }
}

/** When so many processes have said that they take requests. */
function allStarted(count: number): Promise<void> {
  let left = count
  const { promise, resolve } = Promise.withResolvers<void>()
  cluster.on('message', (_worker, message) => {
    if (message === hasStarted && --left === 0) resolve()
  })
  return promise
}

function readinessOf(state: { ready: boolean; reason: string }, { platform }: Services): Readiness {
  return {
    hasStarted: () => state.ready,
    async check() {
      if (!state.ready) return state
      try {
        await platform.db.selectFrom('migration').select('name').limit(1).execute()
        return { ready: true }
      } catch {
        return { ready: false, reason: 'the database does not answer' }
      }
    },
  }
}
