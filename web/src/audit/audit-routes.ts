import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readAuditSearch } from '#web/audit/audit-search.ts'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'

const audit = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('#web/audit/audit-page.tsx'), 'AuditPage'),
})

export const auditRoutes = [audit]
