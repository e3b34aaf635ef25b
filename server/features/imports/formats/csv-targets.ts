/** Where a column may go. `field` keeps it as a line of the task's "Fields" table, `ignore` leaves it out and says so. */
export const csvTargets = {
  title: 'Title',
  description: 'Description',
  status: 'Status',
  statusCategory: 'Decides what an unknown status means',
  resolution: 'How it was closed',
  priority: 'Priority',
  assignee: 'Assignee; further people become viewers',
  creator: 'Creator',
  viewers: 'Viewers',
  personDetail: 'The e-mail address or id of the person in the column of the same name',
  due: 'Due date',
  start: 'Start date',
  dateRange: 'Start and due date in one cell',
  created: 'Created at',
  closed: 'Closed at; a task that has one is done',
  completed: 'Yes or no: whether it is done',
  timezone: 'The zone in which the dates of the row are read',
  estimate: 'Estimate',
  timeSpent: 'Time spent',
  workLog: 'Time entries',
  tags: 'Tags',
  section: 'Section, column or list: a status where its name is one, else a tag',
  project: 'Project; further projects become tags',
  projectKey: 'Short name of the project',
  projectDescription: 'Description of the project',
  folder: 'Folder of the project',
  parent: 'Parent task, by its key, id or title',
  subtasks: 'Subtasks in one cell',
  indent: 'Depth under the task above',
  rowType: 'Whether the row is a task, a section or a note',
  comment: 'Comment',
  checklist: 'Checklist',
  attachment: 'Attachments: they become links',
  url: 'Link',
  key: 'Key of the task, also kept as a field',
  id: 'Id of the task: finds parents, and is not shown',
  field: 'A line of the "Fields" table',
  ignore: 'Left out',
} as const

export type CsvTarget = keyof typeof csvTargets

export function isCsvTarget(value: unknown): value is CsvTarget {
  return typeof value === 'string' && Object.hasOwn(csvTargets, value)
}

/** A date must be one in these, or the row is a problem. */
export const dateTargets: ReadonlySet<CsvTarget> = new Set(['due', 'start', 'dateRange', 'created', 'closed'])

/** Suggested once; a second column for the same becomes a field. */
export const singleTargets: ReadonlySet<CsvTarget> = new Set([
  ...['title', 'description', 'status', 'statusCategory', 'resolution', 'priority', 'due', 'start', 'dateRange'],
  ...['created', 'closed', 'completed', 'timezone', 'estimate', 'timeSpent', 'section', 'project', 'projectKey'],
  ...['projectDescription', 'folder', 'subtasks', 'indent', 'rowType', 'key', 'id'],
] as CsvTarget[])
