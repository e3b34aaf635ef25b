/** The embedded PostgreSQL cannot start; the message is one sentence that says what to do. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError'
}
