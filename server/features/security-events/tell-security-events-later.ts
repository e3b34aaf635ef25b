import type { Services } from '#server/services.ts'

/** After the commit: the worker tells the owner and the workspaces of what was recorded. A schedule does it otherwise. */
export async function tellSecurityEventsLater({ jobs, log }: Services): Promise<void> {
  await jobs
    .add('tell-security-events', {}, { key: 'tell-security-events', queue: 'tell-security-events' })
    .catch(error => log.warn({ err: error }, 'security events wait for the schedule'))
}
