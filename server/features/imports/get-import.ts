import { Import } from '#server/features/imports/import.ts'
import { requireImport } from '#server/features/imports/import-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getImport = operation({
  id: 'getImport',
  summary: 'Read an import',
  description: 'Its progress while it runs; then what was taken, what arrived in another shape, and what was left out.',
  route: 'GET /api/workspaces/:workspace/imports/:import',
  needs: 'membership',
  params: inWorkspace('import'),
  returns: Import,
  run: ({ db, params }) => requireImport(db, params.import),
})
