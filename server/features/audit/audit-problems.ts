import { type ProblemTable, problemsOf } from '#server/http/problems.ts'

export const auditProblems = {
  'audit-inconsistent': { status: 503, title: 'The history is not what was signed before' },
  'not-signed-yet': { status: 409, title: 'No checkpoint covers this yet' },
} as const satisfies ProblemTable

export const auditProblem = problemsOf(auditProblems)
