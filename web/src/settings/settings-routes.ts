import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readDeliveriesSearch } from '#web/connections/deliveries-search.ts'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'

const general = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('#web/settings/general-page.tsx'), 'GeneralPage'),
})

const tags = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings/tags',
  component: lazyRouteComponent(() => import('#web/tags/tags-page.tsx'), 'TagsPage'),
})

const tokens = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings/tokens',
  component: lazyRouteComponent(() => import('#web/tokens/tokens-page.tsx'), 'TokensPage'),
})

const singleSignOn = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings/single-sign-on',
  component: lazyRouteComponent(() => import('#web/sign-on/sign-on-page.tsx'), 'SignOnPage'),
})

const webhooks = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings/webhooks',
  component: lazyRouteComponent(() => import('#web/connections/webhooks-page.tsx'), 'WebhooksPage'),
})

const deliveries = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings/webhooks/$webhook',
  validateSearch: readDeliveriesSearch,
  component: lazyRouteComponent(() => import('#web/connections/deliveries-page.tsx'), 'DeliveriesPage'),
})

const integrations = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings/integrations',
  component: lazyRouteComponent(() => import('#web/connections/integrations-page.tsx'), 'IntegrationsPage'),
})

export const settingsRoutes = [general, tags, tokens, singleSignOn, webhooks, deliveries, integrations]
