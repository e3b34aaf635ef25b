import { useSyncExternalStore } from 'react'

let now = Date.now()
let timer: number | undefined
const listeners = new Set<() => void>()

/** The time, each second anew where `ticking`; else as it was when last asked. */
export function useNow(ticking: boolean): number {
  return useSyncExternalStore(ticking ? tick : stay, () => now)
}

function tick(listener: () => void): () => void {
  listeners.add(listener)
  now = Date.now()
  timer ??= window.setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.clearInterval(timer)
    timer = undefined
  }
}

const stay = () => () => {}
