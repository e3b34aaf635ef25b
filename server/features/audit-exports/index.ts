import { createAuditExport } from '#server/features/audit-exports/create-audit-export.ts'
import { createAuditExportSchedule } from '#server/features/audit-exports/create-audit-export-schedule.ts'
import { deleteAuditExport } from '#server/features/audit-exports/delete-audit-export.ts'
import { deleteAuditExportSchedule } from '#server/features/audit-exports/delete-audit-export-schedule.ts'
import { exportAuditEvents } from '#server/features/audit-exports/export-audit-events.ts'
import { getAuditExport } from '#server/features/audit-exports/get-audit-export.ts'
import { getAuditExportSchedule } from '#server/features/audit-exports/get-audit-export-schedule.ts'
import { listAuditExportSchedules } from '#server/features/audit-exports/list-audit-export-schedules.ts'
import { listAuditExports } from '#server/features/audit-exports/list-audit-exports.ts'
import { readAuditExportContent } from '#server/features/audit-exports/read-audit-export-content.ts'
import { updateAuditExportSchedule } from '#server/features/audit-exports/update-audit-export-schedule.ts'
import type { Feature } from '#server/http/operation.ts'

export { runAuditExport } from '#server/features/audit-exports/run-audit-export.ts'
export { runAuditSchedule } from '#server/features/audit-exports/run-audit-schedule.ts'
export { sweepAuditExports } from '#server/features/audit-exports/sweep-audit-exports.ts'

export const auditExports: Feature = {
  name: 'audit exports',
  description:
    'The history as a file, for a spreadsheet or with its proofs: at once, in the background, or by the clock.',
  operations: [
    exportAuditEvents,
    listAuditExports,
    createAuditExport,
    getAuditExport,
    readAuditExportContent,
    deleteAuditExport,
    listAuditExportSchedules,
    createAuditExportSchedule,
    getAuditExportSchedule,
    updateAuditExportSchedule,
    deleteAuditExportSchedule,
  ],
}
