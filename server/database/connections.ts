import pg from 'pg'
import { connectAs } from '#server/database/connect-as.ts'
import type { Login } from '#server/database/server.ts'
import { parseTypes } from '#server/database/types.ts'

/** Every place at the database is taken and none came free in time: the caller answers 503. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError'
}

export type Limits = {
  /** Connections over all logins together. */
  total: number
  /** Connections of one login. */
  perLogin: number
  /** How long a caller waits for one, in milliseconds. */
  waitMs: number
  /** After how long without use one is closed, in milliseconds. */
  idleMs: number
}

export type Connections = ReturnType<typeof createConnections>

type Slot = { client: pg.Client; login: string; idleSince: number; isLost: boolean }
type Waiter = {
  login: string
  config: Login
  resolve: (slot: Slot) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

/**
 * Pools of connections, one for each login, under one ceiling. A login that needs a place when all are taken gets
 * the one that another login has left idle longest; a connection never changes its login.
 */
export function createConnections(limits: Limits) {
  const idle = new Map<string, Slot[]>()
  const open = new Map<string, number>()
  const waiting: Waiter[] = []
  let total = 0
  let closed = false
  const sweep = setInterval(closeUnused, Math.max(limits.idleMs / 4, 250)).unref()

  return { use, lendOnce, closeLogin, close, count: () => ({ total, waiting: waiting.length, logins: open.size }) }

  /** Runs `work` on a connection of this login. A connection whose work failed in an unknown state is not used again. */
  async function use<T>(login: string, config: Login, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const slot = await acquire(login, config)
    try {
      const result = await work(slot.client)
      release(slot, isHealthy(slot))
      return result
    } catch (error) {
      // What the caller refuses says nothing against the connection.
      release(slot, !isFatal(error) && isHealthy(slot))
      throw error
    }
  }

  /**
   * The same on a connection that nobody uses again: for what goes from schema to schema. A backend keeps the catalogue
   * rows and plans of every schema that it has seen, and walks through all of them at each change of a table.
   */
  async function lendOnce<T>(login: string, config: Login, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const slot = await acquire(login, config)
    try {
      return await work(slot.client)
    } finally {
      discard(slot)
    }
  }

  function acquire(login: string, config: Login): Promise<Slot> {
    if (closed) return Promise.reject(new DatabaseBusyError('the server is stopping'))
    const slot = idle.get(login)?.pop()
    if (slot) return Promise.resolve(slot)
    if (mayOpen(login)) return connect(login, config)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(waiter), 1)
        reject(new DatabaseBusyError('no database connection came free in time'))
      }, limits.waitMs)
      const waiter: Waiter = { login, config, resolve, reject, timer }
      waiting.push(waiter)
    })
  }

  function mayOpen(login: string): boolean {
    if ((open.get(login) ?? 0) >= limits.perLogin) return false
    return total < limits.total || closeLongestIdle()
  }

  async function connect(login: string, config: Login): Promise<Slot> {
    total++
    open.set(login, (open.get(login) ?? 0) + 1)
    try {
      // Statements that do not wait for each other share a round trip; each still succeeds or fails for itself.
      const client = await connectAs(config, { types: parseTypes, pipeline: true })
      const slot = { client, login, idleSince: 0, isLost: false }
      client.on('error', () => {
        slot.isLost = true
        forgetIdle(slot)
      })
      return slot
    } catch (error) {
      freePlace(login)
      if (!closed) serveWaiters()
      throw error
    }
  }

  function release(slot: Slot, healthy: boolean): void {
    if (!healthy || closed) {
      discard(slot)
      return
    }
    // Whoever waits longest and has no connection at all goes first: a busy login must not starve the others.
    const first = waiting[0]
    const starving = first && first.login !== slot.login && !open.has(first.login)
    if (starving) {
      discard(slot)
      return
    }
    const next = takeWaiter(waiter => waiter.login === slot.login)
    if (next) {
      next.resolve(slot)
      return
    }
    slot.idleSince = Date.now()
    const slots = idle.get(slot.login)
    if (slots) slots.push(slot)
    else idle.set(slot.login, [slot])
    if (waiting.length > 0) serveWaiters()
  }

  function serveWaiters(): void {
    const next = takeWaiter(waiter => (open.get(waiter.login) ?? 0) < limits.perLogin)
    if (!next) return
    if (total < limits.total || closeLongestIdle()) connect(next.login, next.config).then(next.resolve, next.reject)
    else waiting.unshift(next)
  }

  function takeWaiter(suits: (waiter: Waiter) => boolean): Waiter | undefined {
    const index = waiting.findIndex(suits)
    if (index < 0) return undefined
    const [waiter] = waiting.splice(index, 1)
    clearTimeout(waiter?.timer)
    return waiter
  }

  function closeLongestIdle(): boolean {
    let oldest: Slot | undefined
    for (const [first] of idle.values()) {
      if (first && (!oldest || first.idleSince < oldest.idleSince)) oldest = first
    }
    if (!oldest) return false
    takeIdle(oldest)
    drop(oldest)
    return true
  }

  function closeUnused(): void {
    const before = Date.now() - limits.idleMs
    for (const slots of [...idle.values()]) {
      for (const slot of [...slots]) if (slot.idleSince < before) forgetIdle(slot)
    }
  }

  function forgetIdle(slot: Slot): void {
    if (takeIdle(slot)) discard(slot)
  }

  function takeIdle(slot: Slot): boolean {
    const slots = idle.get(slot.login)
    const index = slots?.indexOf(slot) ?? -1
    if (!slots || index < 0) return false
    slots.splice(index, 1)
    if (slots.length === 0) idle.delete(slot.login)
    return true
  }

  function discard(slot: Slot): void {
    drop(slot)
    if (!closed) serveWaiters()
  }

  /** Closes a connection without giving its place to anybody: the caller takes it. */
  function drop(slot: Slot): void {
    slot.client.end().catch(() => undefined)
    freePlace(slot.login)
  }

  function freePlace(login: string): void {
    total--
    const left = (open.get(login) ?? 1) - 1
    if (left > 0) open.set(login, left)
    else open.delete(login)
  }

  /** Closes the idle connections of a login, as when its workspace is gone. */
  function closeLogin(login: string): void {
    for (const slot of [...(idle.get(login) ?? [])]) forgetIdle(slot)
  }

  async function close(): Promise<void> {
    closed = true
    clearInterval(sweep)
    for (const waiter of waiting.splice(0)) {
      clearTimeout(waiter.timer)
      waiter.reject(new DatabaseBusyError('the server is stopping'))
    }
    for (const slots of [...idle.values()]) for (const slot of [...slots]) forgetIdle(slot)
  }
}

/** It comes just before PostgreSQL closes the connection. */
export function isFatal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'FATAL'
}

// The transaction status of the last ReadyForQuery: "I" means that no transaction was left open.
function isHealthy({ client, isLost }: Slot): boolean {
  return !isLost && client.getTransactionStatus() === 'I'
}
