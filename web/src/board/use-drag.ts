import type { DndContextProps, DragEndEvent, DragOverEvent } from '@dnd-kit/core'
import { KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useState } from 'react'
import type { Task } from '#client'
import { moveByKeys } from '#web/board/collisions.ts'
import { type Columns, changesFor, columnAt, put } from '#web/board/columns.ts'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'

type Held = { task: Task; columns: Columns }

/** A card in the hand: the columns as they would be, and the change when it is let go. */
export function useDrag(columns: Columns, change: ChangeTask) {
  const [held, setHeld] = useState<Held>()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A finger that moves at once scrolls; one that rests takes the card.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: moveByKeys, keyboardCodes: keys }),
  )
  const handlers = {
    onDragStart: ({ active }) => {
      const task = Object.values(columns)
        .flat()
        .find(one => one.id === active.id)
      if (task) setHeld({ task, columns })
    },
    onDragOver: event => setHeld(now => now && { ...now, columns: hovered(now, event) }),
    onDragCancel: () => setHeld(undefined),
    onDragEnd: async event => {
      if (!held) return
      const changes = changesFor(hovered(held, event), held.task)
      // The card stays in the hand until it is shown where it was let go, so that it does not jump back and forth.
      if (changes) await change(held.task, changes)
      setHeld(undefined)
    },
  } satisfies Partial<DndContextProps>
  return { sensors, handlers, held: held?.task, columns: held?.columns ?? columns }
}

// Enter opens a card; space takes it.
const keys = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] }

function hovered({ task, columns }: Held, { over, active }: DragOverEvent | DragEndEvent): Columns {
  const to = over && columnAt(columns, String(over.id))
  const from = columnAt(columns, String(active.id))
  if (!to || !from) return columns
  const rest = columns[to].filter(one => one.id !== task.id)
  const at = columns[to].findIndex(one => one.id === over.id)
  if (at === -1) return to === from ? columns : put(columns, task, to, rest.length)
  if (from === to) return put(columns, task, to, at)
  return put(columns, task, to, at + (isBelow(active, over) ? 1 : 0))
}

function isBelow(active: DragOverEvent['active'], over: NonNullable<DragOverEvent['over']>): boolean {
  const moved = active.rect.current.translated
  return moved !== null && moved.top > over.rect.top + over.rect.height / 2
}
