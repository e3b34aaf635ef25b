import { createIntegration } from '#server/features/integrations/create-integration.ts'
import { deleteIntegration } from '#server/features/integrations/delete-integration.ts'
import { getIntegration } from '#server/features/integrations/get-integration.ts'
import { listIntegrations } from '#server/features/integrations/list-integrations.ts'
import { updateIntegration } from '#server/features/integrations/update-integration.ts'
import type { Feature } from '#server/http/operation.ts'

export const integrations: Feature = {
  name: 'integrations',
  description: 'Chat rooms that are told what happens.',
  operations: [listIntegrations, createIntegration, getIntegration, updateIntegration, deleteIntegration],
}
