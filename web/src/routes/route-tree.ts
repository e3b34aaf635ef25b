import { accountRoutes, signedInAccountRoutes } from '#web/account/account-routes.ts'
import { auditRoutes } from '#web/audit/audit-routes.ts'
import { memberRoutes } from '#web/members/members-routes.ts'
import { rootRoute } from '#web/routes/root-route.tsx'
import { signedInRoute } from '#web/routes/signed-in-route.ts'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'
import { settingsRoutes } from '#web/settings/settings-routes.ts'
import { workRoutes } from '#web/work/work-routes.ts'

/** Every page. An area lists its own in `<area>-routes.ts`; each loads its code when it is opened. */
export const routeTree = rootRoute.addChildren([
  ...accountRoutes,
  signedInRoute.addChildren([
    ...signedInAccountRoutes,
    workspaceRoute.addChildren([...workRoutes, ...memberRoutes, ...settingsRoutes, ...auditRoutes]),
  ]),
])
