import { EventEmitter } from 'node:events'

/**
 * Tells readers of a workspace's events that there may be new ones. It carries no data and may be missed: readers
 * follow the audit table itself and also look at intervals, so nothing is lost with a wake-up.
 */
export type EventHub = {
  wake(schema: string): void
  /** Called at each wake-up of a workspace. @returns how to stop. */
  onWake(schema: string, listener: () => void): () => void
  /** Called at each wake-up of any workspace. */
  onAnyWake(listener: (schema: string) => void): () => void
}

export function createEventHub(): EventHub {
  const emitter = new EventEmitter().setMaxListeners(0)
  const on = (event: string, listener: (schema: string) => void) => {
    emitter.on(event, listener)
    return () => void emitter.off(event, listener)
  }
  return {
    wake(schema) {
      emitter.emit(schema, schema)
      emitter.emit('*', schema)
    },
    onWake: (schema, listener) => on(schema, listener),
    onAnyWake: listener => on('*', listener),
  }
}
