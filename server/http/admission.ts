import { createDemand } from '#server/http/demand.ts'
import { type ProblemError, problem } from '#server/http/problems.ts'

export type AdmissionLimits = {
  /** Requests that run at once, of all lanes together. */
  atOnce: number
  /** Requests of one lane that run at once. */
  perLane: number
  /** Requests that are at one door at once. Who they are is looked up together, so that many cost little more than one. */
  perDoor: number
  /**
   * Of a lane's requests those that began a moment ago, while a workspace that asks for less has something to do: what
   * takes longer waits for the database.
   */
  newBesideSmaller: number
  /** While a workspace that asks for much less has something to do, a lane begins one each so many milliseconds. */
  paceMs: number
  /** Requests of one lane that may wait. */
  waitingPerLane: number
  /** How long a request waits, in milliseconds. */
  patienceMs: number
}

export type Admission = {
  /**
   * Runs work when it is its lane's turn. A lane is a workspace: one that asks for a hundred times as much as the others
   * waits for itself, because free places go round from lane to lane.
   * @param workspace whose lane it is: a workspace may have several.
   * @param from the lane that it came by. When this one is full, that one is shut for a moment: who is only going to be
   * refused further on costs nobody a query.
   * @throws 503 with Retry-After when the lane's queue is full, or its turn does not come in time.
   */
  admit<T>(lane: string, work: () => Promise<T>, workspace?: string, from?: string): Promise<T>
  /** The same at a door, where somebody is looked up who is going to ask for something of that workspace. */
  enter<T>(door: string, work: () => Promise<T>, workspace: string): Promise<T>
  /** What refuses whoever comes to that door while it is shut: to be told before anything else is done. */
  refusalAt(door: string): ProblemError | undefined
  count(): { running: number; waiting: number; lanes: number }
}

/** For how long a request counts as new. */
const newMs = 50
/** For how long a lane is shut: a full one has not emptied by then. */
const shutMs = 50
const mostShut = 1_000
/**
 * For how long somebody has something to do: from one request to the next, or to its answer. Longer pauses belong to the
 * others: two workspaces of which each asks for hundreds of answers a second leave hardly any, and one of them that has
 * fallen behind must be able to catch up.
 */
const momentMs = 3

// One for all: there may be thousands a second, and where it was made tells nothing.
const tooBusy = problem('busy', 'This workspace asks for more than its share at the moment.', { retryAfterSeconds: 1 })

type Waiter = { start: () => void; refuse: () => void }
type Lane = { workspace: string; most: number; running: number; isNew: number; beganAt: number; waiting: Waiter[] }

/** Fair queueing (round robin, RFC 970) over lanes that come and go; nothing is kept of a lane without requests. */
export function createAdmission({
  atOnce,
  perLane,
  perDoor,
  newBesideSmaller,
  paceMs,
  waitingPerLane,
  patienceMs,
}: AdmissionLimits): Admission {
  const lanes = new Map<string, Lane>()
  /** Lanes with somebody who waits, in the order of their turns. */
  const turns: string[] = []
  const demand = createDemand(momentMs)
  let running = 0
  let isPacing = false
  const shutUntil = new Map<string, number>()

  return {
    admit: (name, work, workspace = name, from) => admit(laneOf(name, workspace, perLane), name, work, from),
    enter: (door, work, workspace) => admit(laneOf(door, workspace, perDoor), door, work),
    refusalAt: door => (isShut(door) ? tooBusy : undefined),
    count: () => ({
      running,
      waiting: lanes.values().reduce((sum, lane) => sum + lane.waiting.length, 0),
      lanes: lanes.size,
    }),
  }

  async function admit<T>(lane: Lane, name: string, work: () => Promise<T>, from?: string): Promise<T> {
    const { workspace } = lane
    demand.asks(workspace)
    try {
      // Who waits already goes first, in this lane and, when all places are taken, in the others.
      if (isShut(name)) throw tooBusy
      if (running < atOnce && hasPlace(lane) && lane.waiting.length === 0) begin(lane)
      else await turnIn(name, lane, from)
    } catch (error) {
      demand.isServed(workspace)
      forgetIfIdle(name, lane)
      throw error
    }
    let isNew = true
    const timer = setTimeout(() => {
      isNew = false
      lane.isNew--
      next()
    }, newMs)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      if (isNew) lane.isNew--
      running--
      lane.running--
      demand.isServed(workspace)
      forgetIfIdle(name, lane)
      next()
    }
  }

  function hasPlace(lane: Lane): boolean {
    if (lane.running >= lane.most) return false
    if (lane.isNew >= newBesideSmaller && demand.isAbove(lane.workspace, 1)) return false
    return isInPace(lane)
  }

  function isInPace({ workspace, beganAt }: Lane): boolean {
    const waitMs = beganAt + paceMs - performance.now()
    if (waitMs <= 0 || !demand.isAbove(workspace, 2)) return true
    // By then the other one may have had nothing to do for a moment.
    if (!isPacing) setTimeout(goOn, Math.min(waitMs, momentMs))
    isPacing = true
    return false
  }

  function goOn(): void {
    isPacing = false
    next()
  }

  function shut(name: string): void {
    // Those that nobody asked for again would stay.
    if (shutUntil.size >= mostShut) shutUntil.clear()
    shutUntil.set(name, performance.now() + shutMs)
  }

  function isShut(name: string): boolean {
    if (performance.now() < (shutUntil.get(name) ?? 0)) return true
    shutUntil.delete(name)
    return false
  }

  function laneOf(name: string, workspace: string, most: number): Lane {
    const known = lanes.get(name)
    if (known) return known
    const lane = { workspace, most, running: 0, isNew: 0, beganAt: Number.NEGATIVE_INFINITY, waiting: [] }
    lanes.set(name, lane)
    return lane
  }

  function begin(lane: Lane): void {
    running++
    lane.running++
    lane.isNew++
    lane.beganAt = performance.now()
  }

  function turnIn(name: string, lane: Lane, from: string | undefined): Promise<void> {
    if (lane.waiting.length >= waitingPerLane) {
      if (from !== undefined) shut(from)
      return Promise.reject(tooBusy)
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        lane.waiting.splice(lane.waiting.indexOf(waiter), 1)
        waiter.refuse()
        forgetIfIdle(name, lane)
      }, patienceMs)
      const waiter: Waiter = {
        start() {
          clearTimeout(timer)
          begin(lane)
          resolve()
        },
        refuse: () => reject(tooBusy),
      }
      if (lane.waiting.push(waiter) === 1) turns.push(name)
    })
  }

  /** Gives a free place to the lane whose turn it is; a lane at its own limit keeps its turn. */
  function next(): void {
    for (let tries = turns.length; tries > 0 && running < atOnce; tries--) {
      const name = turns.shift()!
      const lane = lanes.get(name)
      if (!lane || lane.waiting.length === 0) continue
      if (hasPlace(lane)) lane.waiting.shift()!.start()
      if (lane.waiting.length > 0) turns.push(name)
    }
  }

  function forgetIfIdle(name: string, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.length === 0 && lanes.get(name) === lane) lanes.delete(name)
  }
}
