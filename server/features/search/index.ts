import { search } from '#server/features/search/search.ts'
import type { Feature } from '#server/http/operation.ts'

export const searching: Feature = {
  name: 'search',
  description: 'Words anywhere in what the caller may read.',
  operations: [search],
}
