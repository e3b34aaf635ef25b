import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'

const people = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'members',
  validateSearch: ({ q }: Record<string, unknown>): { q?: string } => (typeof q === 'string' && q ? { q } : {}),
  component: lazyRouteComponent(() => import('#web/members/members-page.tsx'), 'MembersPage'),
})

const invitations = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'members/invitations',
  component: lazyRouteComponent(() => import('#web/members/invitations-page.tsx'), 'InvitationsPage'),
})

const roles = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'members/roles',
  component: lazyRouteComponent(() => import('#web/roles/roles-page.tsx'), 'RolesPage'),
})

/** `copy` is the role that the new one begins as. */
const newRole = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'members/roles/new',
  validateSearch: ({ copy }: Record<string, unknown>): { copy?: string } => (typeof copy === 'string' ? { copy } : {}),
  component: lazyRouteComponent(() => import('#web/roles/new-role-page.tsx'), 'NewRolePage'),
})

const role = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'members/roles/$role',
  component: lazyRouteComponent(() => import('#web/roles/role-page.tsx'), 'RolePage'),
})

export const memberRoutes = [people, invitations, roles, newRole, role]
