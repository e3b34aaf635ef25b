import type { Field } from './compose-description.ts'
import type { RowCells } from './csv-cells.ts'
import type { RowContext } from './csv-draft.ts'
import { foldHeader } from './csv-headers.ts'
import { singleTargets } from './csv-targets.ts'
import { readDuration, unitOfHeader, writeDuration } from './durations.ts'
import { readPriority } from './priority-words.ts'

/** What Kontor has no column for: it becomes a line of the "Fields" table. */
export function readRowFields(cells: RowCells, { build, mapping, tool }: RowContext): Field[] {
  const fields = [...cells.of('key'), ...cells.of('field')]
    .filter(({ header, text }) => tool.defaults?.[foldHeader(header)] !== text)
    .map(({ header, text }) => ({ name: header, value: text }))

  // Two columns for one place: the first that is filled counts, another value is kept here.
  for (const target of singleTargets) {
    if (target === 'key') continue
    const [first, ...others] = cells.of(target)
    for (const { header, text } of others) if (text !== first?.text) fields.push({ name: header, value: text })
  }

  const [creator, ...otherCreators] = cells.people('creator').map(who => build.people.ref(who))
  for (const ref of new Set(otherCreators)) {
    if (ref && ref !== creator) fields.push({ name: 'Further creator', value: build.people.name(ref) })
  }

  const [priority] = cells.of('priority')
  const known =
    priority && (mapping.priorities.find(({ from }) => from === priority.text)?.to ?? readPriority(priority.text))
  const guessed = priority && (known === undefined || (known === 'none' && readPriority(priority.text) === undefined))
  if (guessed && !/^\d+$/.test(priority.text)) fields.push({ name: priority.header, value: priority.text })

  // A total belongs to nobody and to no day, so it can be no time entry; the work log holds those.
  const [spent] = cells.of('workLog').length > 0 ? [] : cells.of('timeSpent')
  const seconds = spent && readDuration(spent.text, tool.durationUnit ?? unitOfHeader(spent.header))
  if (spent && seconds !== 0) fields.push({ name: spent.header, value: seconds ? writeDuration(seconds) : spent.text })
  return fields
}
