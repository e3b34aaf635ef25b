/** The pages of tasks, projects, time and imports. */
export const work = {}
