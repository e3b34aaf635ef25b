import type { Feature } from '#server/http/operation.ts'
import { projects } from '#server/features/projects/index.ts'
import { tasks } from '#server/features/tasks/index.ts'

/** What Kontor can do. A feature is its folder and its line here. */
export const features: readonly Feature[] = [projects, tasks]
