import { streamEvents } from '#server/features/events/stream-events.ts'
import type { Feature } from '#server/http/operation.ts'

export const events: Feature = {
  name: 'events',
  description: 'What happens, as it happens.',
  operations: [streamEvents],
}
