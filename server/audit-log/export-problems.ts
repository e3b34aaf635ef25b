import type { NamedEvent } from './read-event-line.ts'

/**
 * What can be wrong with an export. `changed`: an event is not its leaf; `added`: there is no such leaf; `removed`: the
 * leaf is there and its event is not; `moved`: it stands where another belongs; `tile`: hashes that are not of the signed
 * tree; `root`, `signature`: the checkpoint; `kept`: a checkpoint kept elsewhere says otherwise; `unchecked`: such a one
 * that this export cannot be held against; `form`: a line that no export has, or that is missing; `file`: the last line;
 * `head`: the first.
 */
export type ProblemKind =
  | 'head'
  | 'changed'
  | 'added'
  | 'removed'
  | 'moved'
  | 'tile'
  | 'root'
  | 'signature'
  | 'kept'
  | 'unchecked'
  | 'form'
  | 'file'

export type Problem = {
  kind: ProblemKind
  sentence: string
  /** Of the file, from 1. */
  line?: number
  event?: NamedEvent
  /** First and last index of the events that it is about. */
  range?: readonly [number, number]
}

/** An event in words: its index, and what a person would look for. */
export function nameOf({ index, id, action, at }: NamedEvent): string {
  const known = [id && `id ${id}`, action, at && `of ${at}`].filter(Boolean).join(', ')
  return `event ${index ?? '(without a number)'}${known && ` (${known})`}`
}

export function rangeText([first, last]: readonly [number, number]): string {
  return first === last ? `event ${first}` : `events ${first} to ${last}`
}

/** Of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/**
 * What is wrong with events comes before what is wrong with the file, and the first event before the others. A leaf without
 * an event comes after them, because an `audit.pruned` that was changed says no more what retention removed.
 */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => places[a.kind] - places[b.kind] || indexOf(a) - indexOf(b))
}

const places: Record<ProblemKind, number> = {
  head: 0,
  changed: 1,
  added: 1,
  moved: 1,
  removed: 2,
  tile: 3,
  root: 4,
  kept: 4,
  signature: 5,
  form: 6,
  unchecked: 7,
  file: 8,
}

function indexOf({ event, range, line = 0 }: Problem): number {
  return event?.index ?? range?.[0] ?? line
}
