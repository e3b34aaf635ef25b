/** Tasks: lists, board, one task, what was said about it and what happened to it. */
export const task = {
  task: 'Task',
  tasks: 'Tasks',
  fields: {
    title: 'Title',
    description: 'Description',
    status: 'Status',
    priority: 'Priority',
    assigneeId: 'Assignee',
    dueOn: 'Due',
    startOn: 'Start',
    estimateSeconds: 'Estimate',
    tagIds: 'Tags',
    viewerIds: 'Viewers',
    projectId: 'Project',
    parentId: 'Part of',
  },
  unassigned: 'Nobody',
  quickAdd: 'Add a task',
  quickAddHint: 'Enter adds it · several lines, several tasks',
  none: 'No open tasks',
  noneHint: 'Type the first one above and press Enter, or paste a list: each line becomes a task.',
  noDescription: 'No description yet.',
  markdownHint: 'Markdown works: **bold**, lists, - [ ] checklists.',
  overtaken: 'Somebody saved another text meanwhile. It is now:',
  saveMine: 'Replace it with mine',
  changedMeanwhile: (key: string) => `${key} was changed meanwhile`,
  changedFields: (fields: string) => `Somebody else changed: ${fields}. You see their version; yours was not saved.`,
  changedElsewhere: 'You see the new version; yours was not saved.',
  dueToday: 'Today',
  dueDay: (day: string) => `Due ${day}`,
  overdueSince: (day: string) => `Overdue since ${day}`,
  createdBy: (who: string, when: string) => `Created by ${who}, ${when}`,
  addTag: 'Add a tag',
  addViewer: 'Let somebody see it',
  seenByAll: 'Everybody in the workspace but guests sees this task, and so do its viewers.',
  seenByMembers: (names: string) =>
    `The project is private: its members (${names}), managers and the viewers see this task.`,
  findParent: 'Find a task',
  subtasks: 'Subtasks',
  openPage: 'Open as a page',
  actions: 'Actions for this task',
  copyLink: 'Copy link',
  delete: (key: string) => `Delete ${key}`,
  deleteHint: (title: string) => `“${title}” goes with its comments and files. This cannot be undone.`,
}

export const filters = {
  title: 'Filters',
  text: 'Filter by text',
  me: 'Me',
  due: 'Due',
  anyDue: 'Any date',
  dues: { overdue: 'Overdue', today: 'Due today', week: 'Next 7 days', none: 'No date' },
  sort: 'Order',
  sorts: {
    position: 'By hand',
    due: 'By due date',
    updated: 'Last changed',
    created: 'By creation',
    title: 'By title',
  },
  closed: 'Closed too',
  clear: 'Clear filters',
  nothing: 'No task fits these filters',
}

export const views = {
  title: 'Views',
  list: 'List',
  board: 'Board',
  save: 'Save as a view',
  share: 'Share with everybody',
  shareHint: 'Others see the view; only you change it.',
  shared: 'Shared',
  delete: (name: string) => `Delete the view ${name}`,
}

export const board = {
  card: 'movable card',
  fold: (column: string) => `Fold ${column}`,
  unfold: (column: string) => `Unfold ${column}`,
  howToMove:
    'To take a card press the space bar. Move it with the arrow keys, press space again to put it down, Escape to leave it where it was.',
  taken: (title: string) => `${title} is taken.`,
  over: (title: string, column: string) => `${title} is over ${column}.`,
  dropped: (title: string, column: string) => `${title} is put into ${column}.`,
  putBack: (title: string) => `${title} is back where it was.`,
}

export const comments = {
  title: 'Comments',
  none: 'No comments yet.',
  write: 'Write a comment',
  hint: '@ mentions somebody · Ctrl Enter sends',
  send: 'Comment',
  edit: 'Edit comment',
  edited: 'edited',
  delete: 'Delete comment',
  deleteHint: 'The comment goes for everybody. This cannot be undone.',
}

export const attachments = {
  title: 'Files',
  add: 'Attach',
  drop: 'Drop files here.',
  delete: (name: string) => `Delete ${name}`,
  deleteHint: 'The file goes for everybody. This cannot be undone.',
}

export const myWork = {
  none: 'Nothing is waiting for you',
  noneHint: 'Tasks that are assigned to you stand here, by when they are due.',
  groups: { overdue: 'Overdue', today: 'Today', week: 'This week', later: 'Later', none: 'Without a date' },
}
