import type { ImportProblem } from '../import-plan.ts'

/** A file that cannot be read at all. It stays inside this folder: `index.ts` turns it into `problems`. */
export class ImportRefused extends Error {
  readonly problems: ImportProblem[]

  constructor(problems: ImportProblem[] | string) {
    const list = typeof problems === 'string' ? [{ message: problems }] : problems
    super(list[0]?.message ?? 'The file cannot be imported.')
    this.problems = list
  }
}
