import { Readable } from 'node:stream'
import { startPosition } from '#server/features/events/event-cursor.ts'
import { openStream } from '#server/features/events/open-streams.ts'
import { writeEvents } from '#server/features/events/write-events.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const streamEvents = operation({
  id: 'streamEvents',
  summary: 'Follow what happens',
  description:
    'Server-sent events: one for each change that you may know of at that moment, in the order of the commits, as ' +
    '`{id, at, entity, entityId, taskId, projectId, action, memberId}`; read the thing itself to see more. Each `id` is a ' +
    'place: send it as `Last-Event-ID` and nothing is left out, though the last one may come twice. A stream begins ' +
    'with a comment and a place, sends both every 15 seconds, and ends when the access ends. At most 10 for one member.',
  route: 'GET /api/workspaces/:workspace/events',
  needs: 'membership',
  params: inWorkspace(),
  streams: 'text/event-stream',
  async run({ db, workspace, services, request, sessionId, reenter }) {
    const position = await startPosition(services, workspace, request.headers['last-event-id'])
    const open = openStream(services, { workspace, memberId: db.access.memberId, sessionId })
    const stream = pulled(writeEvents({ services, workspace, position, reenter, signal: open.signal }), open.close)
    // The reader ends the stream itself, unless it waits for a client that does not read.
    open.signal.addEventListener('abort', () => setTimeout(() => stream.destroy(), graceMs).unref())
    // The connection ends with the stream: kept alive, it would hold up a server that stops.
    return {
      stream,
      headers: {
        Connection: 'close',
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
    }
  },
})

const graceMs = 250

/**
 * Pulled, never pushed: a client that reads slowly makes the reader wait, and the table itself is the buffer.
 * Unlike `Readable.from`, it says at once that it was closed, and not only when the next event comes.
 */
function pulled(texts: AsyncGenerator<string>, onClose: () => void): Readable {
  return new Readable({
    highWaterMark: 16_384,
    async read() {
      try {
        const { done, value } = await texts.next()
        if (!this.destroyed) this.push(done ? null : value)
      } catch (error) {
        // Nobody else would: a rejection here ends the process.
        this.destroy(error as Error)
      }
    },
    destroy(error, closed) {
      onClose()
      closed(error)
    },
  })
}
