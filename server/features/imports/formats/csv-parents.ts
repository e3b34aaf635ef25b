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
  for (const draft of drafts) refuseCycle(draft, byRef, build)
  return drafts.map(({ parentNames: _, ownProject, ...draft }) => {
    const home = ownProject ? undefined : projectAbove(draft.parentRef, byRef)
    return { ...draft, projectRef: home ?? draft.projectRef }
  })
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

function refuseCycle(draft: Draft, byRef: Map<string, Draft>, build: PlanBuilder): void {
  const seen = new Set([draft.ref])
  for (let at = draft.parentRef; at !== undefined; at = byRef.get(at)?.parentRef) {
    // A cycle further up is the problem of the rows that are in it.
    if (at !== draft.ref && seen.has(at)) return
    if (at === draft.ref) {
      build.problem({ row: draft.source.row, message: `"${cutText(draft.title, 60)}" is a subtask of itself.` })
      return
    }
    seen.add(at)
  }
}

function projectAbove(parentRef: string | undefined, byRef: Map<string, Draft>): string | undefined {
  const seen = new Set<string>()
  for (let at = parentRef; at !== undefined && !seen.has(at); at = byRef.get(at)?.parentRef) {
    seen.add(at)
    const draft = byRef.get(at)
    if (draft?.ownProject) return draft.projectRef
  }
  return undefined
}
