import type { Resolver } from 'node:dns/promises'
import type { Logger } from 'pino'
import type { AuditKeys } from '#server/audit-log/signing-key.ts'
import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config/config.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import type { Sealer } from '#server/crypto/seal.ts'
import type { Connections } from '#server/database/connections.ts'
import type { Platform } from '#server/database/platform.ts'
import type { DatabaseServer } from '#server/database/server.ts'
import type { Workspaces } from '#server/database/workspaces.ts'
import type { EventHub } from '#server/events/hub.ts'
import type { Admission } from '#server/http/admission.ts'
import type { Jobs } from '#server/jobs/jobs.ts'
import type { WorkspaceKeys } from '#server/keys/workspace-keys.ts'
import type { MailTransport } from '#server/mail/transport.ts'
import type { Storage } from '#server/storage/storage.ts'

/** What operations and jobs are given to work with. Built once at the start (start-services.ts). */
export type Services = {
  config: Config
  clock: Clock
  log: Logger
  keys: KeyRing
  sealer: Sealer
  workspaceKeys: WorkspaceKeys
  /** Of checkpoints and exports of audit histories. */
  auditKeys: AuditKeys
  platform: Platform
  workspaces: Workspaces
  storage: Storage
  jobs: Jobs
  events: EventHub
  /** Shares this process out among the workspaces. */
  admission: Admission
  /** The relay, for the job that sends what `writeMail` wrote. */
  mail: MailTransport
  /** Asks the machine's name servers for what only the DNS knows. */
  dns: Resolver
  /** For provisioning and `doctor` only. */
  database: { connections: Connections; server: DatabaseServer }
}
