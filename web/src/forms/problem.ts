import { notifications } from '@mantine/notifications'
import { ApiProblem } from '#client'
import { currentFormats } from '#web/messages/formats.ts'
import { currentMessages } from '#web/messages/language.ts'

/** A failure whose message is a sentence for the person, in the language that is spoken. */
export class SpokenError extends Error {
  override name = 'SpokenError'
}

/** What went wrong, in the language that is spoken where we know the problem, else in the server's words. */
export function describeProblem(error: unknown): string {
  const { problems, feedback } = currentMessages()
  if (error instanceof SpokenError) return error.message
  if (!(error instanceof ApiProblem)) return error instanceof TypeError ? feedback.offline : feedback.somethingWrong
  const known: Record<string, string> = problems
  const { status, retryAfterSeconds: seconds = 0 } = error
  if (status === 429 && seconds >= 60) return feedback.tooMany(inTime(seconds))
  return known[error.code] ?? error.message
}

function inTime(seconds: number): string {
  const now = Date.now()
  return currentFormats().relative(new Date(now + seconds * 1000).toISOString(), now)
}

/** Says it in a corner of the page: for what happens outside a form. */
export function notifyProblem(error: unknown): void {
  const { feedback } = currentMessages()
  notifications.show({
    color: 'red',
    title: feedback.failed,
    message: describeProblem(error),
    autoClose: 8000,
    role: 'alert',
  })
}

/** Says briefly that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'petrol', autoClose: 3000 })
}

/**
 * The faults of a problem by the form's fields, `/rate/amount` → `rate.amount`. `rest` has those of no such field.
 */
export function fieldErrors(
  error: ApiProblem,
  fields: readonly string[],
): { errors: Record<string, string>; rest: string[] } {
  const errors: Record<string, string> = {}
  const rest: string[] = []
  for (const { pointer, message } of error.errors) {
    const path = pointer.replace(/^\/(query|params)?\/?/, '').replaceAll('/', '.')
    const field = fields.find(name => path === name || path.startsWith(`${name}.`))
    if (field) errors[field] = sentence(message)
    else rest.push(sentence(message))
  }
  return { errors, rest }
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}
