import type { ImportResult } from '#server/features/imports/import.ts'
import type { ImportNote, ImportPlan, ImportProblem } from '#server/features/imports/import-plan.ts'

/** The result of an import that changed nothing, and why. */
export function reportFailure(problems: ImportProblem[], plan?: ImportPlan): ImportResult {
  return { ...emptyReport(plan?.tool ?? null), problems: listProblems(problems) }
}

export function emptyReport(tool: string | null): ImportResult {
  return {
    tool,
    created: { projects: 0, tasks: 0, comments: 0, tags: 0, viewers: 0, timeEntries: 0, links: 0 },
    reused: { projects: 0, tags: 0 },
    converted: [] as ImportNote[],
    notTaken: [] as ImportNote[],
    problems: [],
  }
}

export function listProblems(problems: readonly ImportProblem[]): ImportResult['problems'] {
  return problems.map(({ row = null, column = null, where = null, message }) => ({ row, column, where, message }))
}
