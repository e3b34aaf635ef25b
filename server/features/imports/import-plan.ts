/** What a file will become, before anything is written: plain data, checked against Kontor's limits.
 * A plan with `problems` is refused whole; every `…Ref` names a `ref` of the same plan. */
export type ImportPlan = {
  tool: ImportTool
  projects: PlannedProject[]
  tasks: PlannedTask[]
  comments: PlannedComment[]
  /** Links only: Kontor fetches nothing at import. They already stand in the task's description, under "Links". */
  attachments: PlannedAttachment[]
  tags: PlannedTag[]
  people: PlannedPerson[]
  timeEntries: PlannedTimeEntry[]
  /** What arrives in another shape than it had. */
  converted: ImportNote[]
  /** What does not arrive. */
  notTaken: ImportNote[]
  problems: ImportProblem[]
}

export const importTools = [
  'asana',
  'clickup',
  'csv',
  'github',
  'gitlab',
  'jira',
  'linear',
  'monday',
  'notion',
  'planner',
  'ticktick',
  'todoist',
  'trello',
] as const
export type ImportTool = (typeof importTools)[number]

export const taskStatuses = ['backlog', 'todo', 'doing', 'review', 'done', 'cancelled'] as const
export type TaskStatus = (typeof taskStatuses)[number]

export const taskPriorities = ['none', 'low', 'medium', 'high', 'urgent'] as const
export type TaskPriority = (typeof taskPriorities)[number]

export type PlannedProject = {
  ref: string
  name: string
  description: string
  /** The short name that the other tool gave it, such as Jira's `TES`: a suggestion. */
  key?: string
}

export type PlannedTask = {
  ref: string
  projectRef: string
  title: string
  /** Markdown. Checklists, fields without a place of their own and links stand in it. */
  description: string
  status: TaskStatus
  priority: TaskPriority
  creatorRef?: string
  assigneeRef?: string
  viewerRefs: string[]
  tagRefs: string[]
  /** Local days, YYYY-MM-DD; `startOn` is never after `dueOn`. */
  startOn?: string
  dueOn?: string
  estimateSeconds?: number
  /** RFC 3339 in UTC. `closedAt` only on a task that is done or cancelled. */
  createdAt?: string
  closedAt?: string
  /** Never a cycle, and always a task of this plan, which may stand later in the list. */
  parentRef?: string
  /** 0, 1, 2 … inside the project, in the order of the file. */
  position: number
  archived: boolean
  source: TaskSource
}

/** Where in the file a task stands: the row as a spreadsheet counts it, and what the other tool called it. */
export type TaskSource = { row?: number; id?: string; key?: string; url?: string }

export type PlannedComment = {
  taskRef: string
  personRef?: string
  /** At most 200 characters; the name to show where `personRef` is not a member. */
  authorName: string
  body: string
  createdAt?: string
}

export type PlannedAttachment = { taskRef: string; name: string; url: string }

/** Names differ by more than their case; `color` is #rrggbb in lower case. */
export type PlannedTag = { ref: string; name: string; color: string }

export type PlannedPerson = { ref: string; name: string; email?: string; username?: string }

export type PlannedTimeEntry = {
  taskRef: string
  personRef?: string
  startedAt: string
  durationSeconds: number
  note: string
}

/** One line of the report. `where` holds the first few places only, `count` all of them. */
export type ImportNote = { what: string; why: string; count: number; where: string[] }

export type ImportProblem = { row?: number; column?: string; where?: string; message: string }

/** The database enforces the same figures; here they decide what is cut and said. */
export const importLimits = {
  fileBytes: 50 * 1024 * 1024,
  tasks: 20_000,
  columns: 1_000,
  cells: 4_000_000,
  title: 500,
  text: 100_000,
  projectName: 200,
  tagName: 60,
  personName: 200,
  timeNote: 2_000,
  estimateSeconds: 315_360_000,
  problemsListed: 100,
} as const
