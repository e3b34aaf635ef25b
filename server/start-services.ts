import { Resolver } from 'node:dns/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { openAuditKeys } from '#server/audit-log/signing-key.ts'
import { createClock } from '#server/clock.ts'
import type { Config } from '#server/config/config.ts'
import { ageIdentity } from '#server/crypto/age.ts'
import { subkey } from '#server/crypto/derive.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import { shareMachine } from '#server/crypto/password.ts'
import { createSealer } from '#server/crypto/seal.ts'
import { createConnections, type Limits } from '#server/database/connections.ts'
import { openPlatform } from '#server/database/platform.ts'
import { type DatabaseServer, loginAs } from '#server/database/server.ts'
import { openWorkspaces } from '#server/database/workspaces.ts'
import { createEventHub } from '#server/events/hub.ts'
import { queueReaders } from '#server/events/queue-readers.ts'
import { connectHub } from '#server/events/wake-ups.ts'
import { createAdmission } from '#server/http/admission.ts'
import { openJobs } from '#server/jobs/open-jobs.ts'
import { openWorkspaceKeys } from '#server/keys/workspace-keys.ts'
import { openMailTransportLater } from '#server/mail/transport-later.ts'
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
  shareMachine(config.processes)
  const connections = createConnections({ ...dataLimits(config), ...limits })
  const clock = createClock(config.testClock)
  const workspaceKeys = openWorkspaceKeys(join(config.dataDir, 'workspace-keys'), keys)
  const platformConnections = createConnections({ total: 10, perLogin: 10, waitMs: 5_000, idleMs: 60_000 })
  const jobs = openJobs(loginAs(server, keys, 'kontor_jobs'), log)
  const platform = openPlatform(platformConnections, loginAs(server, keys, 'kontor_platform'))
  const events = createEventHub()
  const wakeUps = connectHub(events, loginAs(server, keys, 'kontor_jobs'), log)
  const readers = queueReaders({ events, jobs, platform, log })
  const onWrite = { before: readers.promise, after: events.wake }
  const services: Services = {
    config,
    clock,
    log,
    keys,
    sealer: createSealer({ keys, workspaceKey: workspaceKeys.get, now: clock.now }),
    workspaceKeys,
    auditKeys: openAuditKeys(config),
    platform,
    workspaces: openWorkspaces(connections, server, keys, onWrite),
    storage: openStorage(config.storageDir, (workspaceId, fileId) =>
      ageIdentity(subkey(subkey(workspaceKeys.get(workspaceId), 'files'), fileId).export()),
    ),
    jobs,
    events,
    admission: createAdmission(share),
    mail: openMailTransportLater(config),
    dns: new Resolver({ timeout: 2_000, tries: 2 }),
    database: { connections, server },
  }
  return {
    services,
    prepareQueue: jobs.migrate,
    async close() {
      events.stop()
      await Promise.all([readers.close(), wakeUps.close()])
      services.mail.close()
      await jobs.close()
      await Promise.all([connections.close(), platformConnections.close()])
    },
  }
}

// Four at once keep a workspace's three connections busy; so many lanes that slow statements of some leave places for
// all others. Beside a neighbour's flood of 100 connections, p95 is 1.4 to 1.5 times that of a quiet machine, beside 15,
// which are not paced, 2.7 to 3.7 times (bench/neighbours.ts, docs/decisions/0009-a-flood-yields.md).
const share = {
  atOnce: 64,
  perLane: 4,
  perDoor: 16,
  newBesideSmaller: 1,
  paceMs: 10,
  waitingPerLane: 200,
  patienceMs: 5_000,
}

// PostgreSQL here has 200 places; the HTTP processes share what platform, queue and operators leave.
function dataLimits({ processes }: Config): Limits {
  return { total: Math.max(10, Math.floor(120 / processes)), perLogin: 3, waitMs: 5_000, idleMs: 30_000 }
}
