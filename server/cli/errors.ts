/** The command line was wrong: exit 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The command could not be done; the message is one sentence for the operator: exit 1. */
export class CommandError extends Error {
  override name = 'CommandError'
}
