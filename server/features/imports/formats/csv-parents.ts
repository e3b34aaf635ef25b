import { cutText } from './clean-text.ts'
import type { Draft } from './csv-draft.ts'
import type { PlanBuilder, TaskDraft } from './plan-builder.ts'

/** Turns the names, keys and ids of parents into references, and gives a subtask without a project its parent's. */
export function linkParents(all: Iterable<Draft>, build: PlanBuilder): TaskDraft[] {
  const drafts = [...all]
  const find = parentFinder(drafts, build)
  for (const draft of drafts) {
    const found = draft.parentNames.map(name => ({ ...name, ref: find(name.text, draft) }))
    draft.parentRef ??= found.find(({ ref }) => ref)?.ref
    for (const { header, text, ref } of found) {
      if (ref && ref === draft.parentRef) continue
      // An id says nothing to a reader when another column names the same parent.
      if (!ref && draft.parentRef && /^\d+$/.test(text)) continue
      draft.fields.push({ name: header, value: text })
    }
  }
  const byRef = new Map(drafts.map(draft => [draft.ref, draft]))
  const refused = findCycles(drafts, byRef)
  for (const { source, title } of refused) {
    build.problem({ row: source.row, message: `"${cutText(title, 60)}" is a subtask of itself.` })
  }
  return refused.size > 0 ? [] : inheritProjects(drafts, byRef)
}

function parentFinder(drafts: Draft[], build: PlanBuilder): (text: string, child: Draft) => string | undefined {
  const byKey = new Map<string, Draft>()
  const byTitle = Map.groupBy(drafts, ({ title }) => title)
  const repeated = new Set<string>()
  for (const draft of drafts) {
    for (const key of [draft.source.key, draft.source.id]) {
      if (key === undefined || draft.source.row === undefined || byKey.get(key) === draft) continue
      if (byKey.has(key)) repeated.add(key)
      else byKey.set(key, draft)
    }
  }
  for (const key of repeated) {
    const why = 'Each row became a task; a subtask that names the id belongs to the first.'
    build.converted.add({ what: 'Ids that several rows share', why, where: key })
  }
  return (text, child) => {
    const name = text.length > 2_000 ? text : text.replace(/\s*\(https?:\/\/[^)\s]*\)\s*$/, '')
    const keyed = byKey.get(text)
    if (keyed && keyed !== child) return keyed.ref
    const named = (byTitle.get(name) ?? []).filter(draft => draft !== child)
    if (named.length > 1) {
      const why = 'The subtask belongs to the first of them.'
      build.converted.add({ what: 'Parents that several tasks are called like', why, where: cutText(name, 60) })
    }
    return named[0]?.ref
  }
}

/** The tasks that are among their own ancestors. Each task is walked once, so a chain of 20,000 costs 20,000 steps. */
function findCycles(drafts: Draft[], byRef: Map<string, Draft>): Set<Draft> {
  const checked = new Set<Draft>()
  const circular = new Set<Draft>()
  for (const draft of drafts) {
    const path = new Set<Draft>()
    let at: Draft | undefined = draft
    while (at && !checked.has(at) && !path.has(at)) {
      path.add(at)
      at = byRef.get(at.parentRef ?? '')
    }
    const walked = [...path]
    if (at && path.has(at)) for (const one of walked.slice(walked.indexOf(at))) circular.add(one)
    for (const one of walked) checked.add(one)
  }
  return circular
}

/** A task that names no project is in that of the nearest task above it which names one. */
function inheritProjects(drafts: Draft[], byRef: Map<string, Draft>): TaskDraft[] {
  const home = new Map<Draft, string>()
  for (const draft of drafts) {
    const path: Draft[] = []
    let at: Draft = draft
    for (let above: Draft | undefined = at; above && !home.has(at); above = byRef.get(at.parentRef ?? '')) {
      at = above
      path.push(at)
      if (at.ownProject) break
    }
    const projectRef = home.get(at) ?? at.projectRef
    for (const one of path) home.set(one, projectRef)
  }
  return drafts.map(full => {
    const { parentNames: _, ownProject: __, ...draft } = full
    return { ...draft, projectRef: home.get(full) ?? draft.projectRef }
  })
}
