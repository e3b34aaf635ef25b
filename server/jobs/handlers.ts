import { deliverEvents, readEventsOf } from '#server/events/read-events.ts'
import { sealAuditEvents, signAuditCheckpoint } from '#server/features/audit/index.ts'
import { eraseAudit } from '#server/features/audit-erasures/index.ts'
import { runAuditExport, runAuditSchedule } from '#server/features/audit-exports/index.ts'
import { pruneAudit } from '#server/features/audit-retention/index.ts'
import { runImport } from '#server/features/imports/index.ts'
import { makeMorningRound } from '#server/features/notifications/make-morning-round.ts'
import { sendPasswordReset, sendWaitingResets } from '#server/features/password-resets/index.ts'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { replayDeliveries } from '#server/features/webhooks/index.ts'
import { catchUpMarked, finishDeleting, finishProvisioning } from '#server/features/workspaces/index.ts'
import { cleanUp } from '#server/jobs/clean-up.ts'
import type { JobName, JobPayloads } from '#server/jobs/jobs.ts'
import { sweepFiles } from '#server/jobs/sweep-files.ts'
import { rotateKeys } from '#server/keys/rotate-keys.ts'
import { sendMail, sendWaitingMail } from '#server/mail/send-mail.ts'
import type { Services } from '#server/services.ts'

type Handlers = { [N in JobName]: (services: Services, payload: JobPayloads[N], signal: AbortSignal) => Promise<void> }

/** What each job does. They may run more than once, so each is idempotent. */
export const handlers = {
  'send-password-reset': (services, { resetId }) => sendPasswordReset(services, resetId),
  'send-waiting-resets': services => sendWaitingResets(services),
  'send-mail': (services, { mailId }) => sendMail(services, mailId),
  'send-waiting-mail': services => sendWaitingMail(services),
  'tell-security-events': (services, _payload, signal) => tellSecurityEvents(services, signal),
  'run-import': (services, payload, signal) => runImport(services, payload, signal),
  'run-audit-export': (services, payload, signal) => runAuditExport(services, payload, signal),
  'run-audit-schedule': (services, payload) => runAuditSchedule(services, payload),
  'finish-provisioning': async services => {
    await finishProvisioning(services)
    await finishDeleting(services)
    await catchUpMarked(services)
  },
  'erase-audit': (services, payload, signal) => eraseAudit(services, payload, signal),
  'prune-audit': (services, _payload, signal) => pruneAudit(services, signal),
  'clean-up': (services, _payload, signal) => cleanUp(services, signal),
  'rotate-keys': (services, _payload, signal) => rotateKeys(services, signal),
  'sweep-files': (services, _payload, signal) => sweepFiles(services, signal),
  'make-morning-round': (services, payload, signal) => makeMorningRound(services, payload, signal),
  'read-events': (services, payload, signal) => readEventsOf(services, payload, signal),
  'seal-audit-events': (services, payload, signal) => sealAuditEvents(services, payload, signal),
  'sign-audit-checkpoint': (services, payload, signal) => signAuditCheckpoint(services, payload, signal),
  'deliver-events': (services, payload, signal) => deliverEvents(services, payload, signal),
  'replay-deliveries': (services, payload, signal) => replayDeliveries(services, payload, signal),
} satisfies Partial<Handlers>
