export { pruneAudit } from '#server/features/audit-retention/prune-audit.ts'
