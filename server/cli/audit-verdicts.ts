import type { Problem } from '#server/audit-log/export-problems.ts'
import type { Verdict } from '#server/audit-log/verify-export.ts'
import type { WorkspaceVerdict } from '#server/features/audit/verify-workspace.ts'

const shownProblems = 10

/** What verifying an export has shown, in sentences. */
export function describeExport(verdict: Verdict): string[] {
  const { head, events, leftOut, pruned, erasedEvents, kept, problems } = verdict
  if (problems.length > 0 || !head) return describeProblems(problems)
  const { workspace, size, filters } = head
  const by = new Set(pruned.map(({ by }) => by)).size
  return [
    `Verified: ${events} events of "${workspace.slug}", in the tree of ${size} leaves that ${head.origin.slice(0, head.origin.lastIndexOf('/'))} signed.`,
    ...(filters ? [`It is filtered: of the other ${leftOut} leaves it says nothing.`] : []),
    ...(!filters && leftOut > 0 ? [`Retention removed ${leftOut} events, as ${by} events audit.pruned say.`] : []),
    ...(erasedEvents > 0 ? [`In ${erasedEvents} events something was erased; their leaves are what they were.`] : []),
    kept.last
      ? `It is what ${kept.matched} checkpoints that were kept say, the newest of ${kept.last.size} leaves.`
      : 'No checkpoint kept elsewhere was given: without one, whoever has the signing key could have rewritten all of it.',
    ...(kept.newer > 0 ? [`${kept.newer} checkpoints are newer than the export and say nothing of it.`] : []),
  ]
}

/** What verifying the history of a workspace in the database has shown, in sentences. */
export function describeWorkspace({
  workspace,
  size,
  events,
  pruned,
  unsealed,
  ...verdict
}: WorkspaceVerdict): string[] {
  if (verdict.problems.length > 0) return describeProblems(verdict.problems)
  const { inDatabase, inFile, newest } = verdict.checkpoints
  return [
    `Verified: ${events} events of "${workspace.slug}", in a tree of ${size} leaves.`,
    ...(pruned > 0 ? [`Retention removed ${pruned} events, as events audit.pruned say.`] : []),
    ...(unsealed > 0 ? [`${unsealed} events are too new to have a leaf: they are sealed within seconds.`] : []),
    newest
      ? `It is what ${inDatabase} checkpoints in the database and ${inFile} in the file say, the newest of ${newest.size} leaves.`
      : 'There is no checkpoint yet.',
  ]
}

/** The first tells most: it is what a person should look at. */
function describeProblems(problems: readonly Problem[]): string[] {
  const sentences = problems
    .slice(0, shownProblems)
    .map(({ sentence }, i) => (i === 0 ? `NOT VERIFIED. ${sentence}` : sentence))
  const others = problems.length - shownProblems
  return others > 0 ? [...sentences, `${others} more things are wrong.`] : sentences
}
