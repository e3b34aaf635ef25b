import type { Logger } from 'pino'
import type { Config } from '#server/config/config.ts'
import { createClock } from '#server/clock.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import { createSealer } from '#server/crypto/seal.ts'
import { createConnections, type Limits } from '#server/database/connections.ts'
import { openPlatform } from '#server/database/platform.ts'
import { type DatabaseServer, loginAs } from '#server/database/server.ts'
import { openWorkspaces } from '#server/database/workspaces.ts'
import { createEventHub } from '#server/events/hub.ts'
import { openJobs } from '#server/jobs/open-jobs.ts'
import type { Services } from '#server/services.ts'
import { openStorage } from '#server/storage/storage.ts'

type Parts = { config: Config; log: Logger; keys: KeyRing; server: DatabaseServer; limits?: Partial<Limits> }

type Started = {
  services: Services
  /** Makes or migrates the queue's own tables. */
  prepareQueue(): Promise<void>
  /** Lets go of every connection. */
  close(): Promise<void>
}

/** Puts the services together; nothing connects before it is used. */
export function startServices({ config, log, keys, server, limits }: Parts): Started {
  const connections = createConnections({ total: 60, perLogin: 3, waitMs: 5_000, idleMs: 30_000, ...limits })
  const clock = createClock(config.testClock)
  const platformConnections = createConnections({ total: 10, perLogin: 10, waitMs: 5_000, idleMs: 60_000 })
  const jobs = openJobs(loginAs(server, keys, 'kontor_jobs'), log)
  const services: Services = {
    config,
    clock,
    log,
    keys,
    sealer: createSealer(keys, clock.now),
    platform: openPlatform(platformConnections, loginAs(server, keys, 'kontor_platform')),
    workspaces: openWorkspaces(connections, server, keys),
    storage: openStorage(config.storageDir),
    jobs,
    events: createEventHub(),
    database: { connections, server },
  }
  return {
    services,
    prepareQueue: jobs.migrate,
    async close() {
      await jobs.close()
      await Promise.all([connections.close(), platformConnections.close()])
    },
  }
}
