import { createTimeEntry } from '#server/features/time-entries/create-time-entry.ts'
import { deleteTimeEntry } from '#server/features/time-entries/delete-time-entry.ts'
import { getTimeEntry } from '#server/features/time-entries/get-time-entry.ts'
import { getTimer } from '#server/features/time-entries/get-timer.ts'
import { listTimeEntries } from '#server/features/time-entries/list-time-entries.ts'
import { startTimer } from '#server/features/time-entries/start-timer.ts'
import { stopTimer } from '#server/features/time-entries/stop-timer.ts'
import { updateTimeEntry } from '#server/features/time-entries/update-time-entry.ts'
import type { Feature } from '#server/http/operation.ts'

export const timeEntries: Feature = {
  name: 'time-entries',
  description: 'Hours worked on projects and tasks, booked or measured with a timer.',
  operations: [
    listTimeEntries,
    createTimeEntry,
    getTimeEntry,
    updateTimeEntry,
    deleteTimeEntry,
    getTimer,
    startTimer,
    stopTimer,
  ],
}
