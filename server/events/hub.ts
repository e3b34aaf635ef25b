import { EventEmitter } from 'node:events'

/**
 * Tells readers of a workspace's events that there may be new ones. It carries no data and may be missed: readers
 * follow the audit table itself and also look at intervals, so nothing is lost with a wake-up.
 */
export type EventHub = {
  wake(schema: string): void
  /** Called at each wake-up of a workspace. @returns how to stop. */
  onWake(schema: string, listener: () => void): () => void
  /** Called at each wake-up of any workspace; `relayed` when another process told us. */
  onAnyWake(listener: (schema: string, relayed: boolean) => void): () => void
  /** Called when a reader in this process begins to wait. */
  onReader(listener: () => void): () => void
  /** Passes on what another process has told us. */
  relay(schema: string): void
  /** Wakes every reader of this process, as after a time in which wake-ups may have been missed. */
  wakeReaders(): void
  /** Aborted when the server stops: streams end. */
  readonly stopping: AbortSignal
  stop(): void
}

export function createEventHub(): EventHub {
  const emitter = new EventEmitter().setMaxListeners(0)
  const stopping = new AbortController()
  const emit = (schema: string, relayed: boolean) => {
    emitter.emit(schema, schema)
    emitter.emit('*', schema, relayed)
  }
  const on = (event: string, listener: (schema: string, relayed: boolean) => void) => {
    emitter.on(event, listener)
    return () => void emitter.off(event, listener)
  }
  return {
    wake: schema => emit(schema, false),
    relay: schema => emit(schema, true),
    onWake(schema, listener) {
      emitter.emit('?')
      return on(schema, listener)
    },
    onReader: listener => on('?', listener),
    onAnyWake: listener => on('*', listener),
    wakeReaders() {
      for (const name of emitter.eventNames()) if (!internal.has(name)) emitter.emit(name)
    },
    stopping: stopping.signal,
    stop: () => stopping.abort(),
  }
}

const internal = new Set<string | symbol>(['*', '?'])
