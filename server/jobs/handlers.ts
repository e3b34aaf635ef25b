import { sendMail, sendWaitingMail } from '#server/mail/mail.ts'
import type { JobName, JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

type Handlers = { [N in JobName]: (services: Services, payload: JobPayloads[N], signal: AbortSignal) => Promise<void> }

/** What each job does. They may run more than once, so each is idempotent. */
export const handlers = {
  'send-mail': (services, { mailId }) => sendMail(services, mailId),
  'send-waiting-mail': services => sendWaitingMail(services),
} satisfies Partial<Handlers>
