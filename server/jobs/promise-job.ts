import type { JobName, JobPayloads } from '#server/jobs/jobs.ts'
import type { Services } from '#server/services.ts'

// Longer than any transaction may take.
const promisedMs = 60_000

/**
 * Enqueues a job from within the transaction that gives it its work. It is a minute ahead, and begins at once when the
 * returned function is called, after the commit: so it finds its row, and a process killed in between loses nothing.
 */
export async function promiseJob<N extends JobName>(
  { jobs, log }: Services,
  name: N,
  payload: JobPayloads[N],
  at: { key: string; queue: string },
): Promise<() => void> {
  await jobs.add(name, payload, { ...at, delayMs: promisedMs })
  return () =>
    void jobs
      .add(name, payload, at)
      .catch((error: unknown) => log.warn({ err: error, job: name }, 'a job was not called; it begins within a minute'))
}
