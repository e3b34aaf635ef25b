import { uuid7 } from '#server/crypto/uuid7.ts'
import {
  digestOf,
  minutesToConfirm,
  NewReset,
  type ResetPayload,
  resetField,
} from '#server/features/password-resets/password-reset.ts'
import { publicOperation, type RequestFacts } from '#server/http/operation.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import type { Services } from '#server/services.ts'

const anHour = 60 * 60
const aDay = 24 * anHour

export const createPasswordReset = publicOperation({
  id: 'createPasswordReset',
  summary: 'Ask for a code to set a new password',
  description:
    'Mails a code of six digits to the address, if it has an account: good for 15 minutes and 5 attempts, and only the ' +
    'last one that was asked for. At most 3 are mailed in an hour and 10 in a day. The answer is always the same.',
  route: 'POST /api/password-resets',
  body: NewReset,
  example: { email: 'ada@acme.example' },
  status: 202,
  async run({ body, request, services }) {
    const email = body.email.toLowerCase()
    // Counted for every address. What comes too often is answered like the rest, and nothing is mailed.
    const waitSeconds = await takeFromLimits(services, [
      { bucket: bucketOf('password-reset-hour', email), limit: 3, seconds: anHour },
      { bucket: bucketOf('password-reset-day', email), limit: 10, seconds: aDay },
    ])
    if (waitSeconds === 0) await noteRequest(services, email, request)
    return undefined
  },
})

// Whether there is such an account is looked up by the worker: here, every address costs the same.
async function noteRequest(
  { platform, sealer, clock, jobs, log }: Services,
  email: string,
  { address, userAgent }: RequestFacts,
): Promise<void> {
  const id = uuid7()
  const payload: ResetPayload = { email, address, userAgent: userAgent.slice(0, 400) }
  const now = clock.now()
  await platform.db
    .insertInto('password_reset')
    .values({
      id,
      email_digest: digestOf(email),
      payload: sealer.seal(resetField(id), JSON.stringify(payload)),
      created_at: now.toString(),
      expires_at: now.add({ minutes: minutesToConfirm }).toString(),
    })
    .execute()
  await jobs
    .add('send-password-reset', { resetId: id }, { key: `password-reset/${id}` })
    .catch(error => log.warn({ err: error }, 'a password reset waits for the schedule'))
}
