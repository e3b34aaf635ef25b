import type { Messages } from '#web/messages/en.ts'

type Work = Messages['work']

export const task: Work['task'] = {
  task: 'Aufgabe',
  tasks: 'Aufgaben',
  fields: {
    title: 'Titel',
    description: 'Beschreibung',
    status: 'Status',
    priority: 'Priorität',
    assigneeId: 'Zuständig',
    dueOn: 'Fällig',
    startOn: 'Beginn',
    estimateSeconds: 'Schätzung',
    tagIds: 'Schlagwörter',
    viewerIds: 'Mitlesende',
    projectId: 'Projekt',
    parentId: 'Teil von',
  },
  unassigned: 'Niemand',
  quickAdd: 'Aufgabe hinzufügen',
  quickAddHint: 'Enter fügt hinzu · mehrere Zeilen, mehrere Aufgaben',
  none: 'Keine offenen Aufgaben',
  noneHint:
    'Schreiben Sie oben die erste und drücken Sie Enter, oder fügen Sie eine Liste ein: Jede Zeile wird eine Aufgabe.',
  noDescription: 'Noch keine Beschreibung.',
  markdownHint: 'Markdown wirkt: **fett**, Listen, - [ ] Checklisten.',
  overtaken: 'Jemand hat inzwischen einen anderen Text gespeichert. Er lautet jetzt:',
  saveMine: 'Durch meinen ersetzen',
  changedMeanwhile: key => `${key} wurde inzwischen geändert`,
  changedFields: fields =>
    `Jemand anders hat geändert: ${fields}. Sie sehen jene Fassung; Ihre wurde nicht gespeichert.`,
  changedElsewhere: 'Sie sehen die neue Fassung; Ihre wurde nicht gespeichert.',
  dueToday: 'Heute',
  dueDay: day => `Fällig am ${day}`,
  overdueSince: day => `Überfällig seit ${day}`,
  createdBy: (who, when) => `Angelegt von ${who}, ${when}`,
  addTag: 'Schlagwort hinzufügen',
  addViewer: 'Jemanden mitlesen lassen',
  seenByAll: 'Alle im Arbeitsbereich außer Gästen sehen diese Aufgabe, und die Mitlesenden.',
  seenByMembers: names =>
    `Das Projekt ist privat: Seine Mitglieder (${names}), Manager und die Mitlesenden sehen diese Aufgabe.`,
  findParent: 'Aufgabe suchen',
  subtasks: 'Unteraufgaben',
  openPage: 'Als Seite öffnen',
  actions: 'Aktionen für diese Aufgabe',
  copyLink: 'Link kopieren',
  delete: key => `${key} löschen`,
  deleteHint: title => `„${title}“ verschwindet mit Kommentaren und Dateien. Das lässt sich nicht rückgängig machen.`,
}

export const filters: Work['filters'] = {
  title: 'Filter',
  text: 'Nach Text filtern',
  me: 'Ich',
  due: 'Fällig',
  anyDue: 'Jedes Datum',
  dues: { overdue: 'Überfällig', today: 'Heute', week: 'Nächste 7 Tage', none: 'Ohne Datum' },
  sort: 'Reihenfolge',
  sorts: {
    position: 'Von Hand',
    due: 'Nach Fälligkeit',
    updated: 'Zuletzt geändert',
    created: 'Nach Anlage',
    title: 'Nach Titel',
  },
  closed: 'Auch erledigte',
  clear: 'Filter löschen',
  nothing: 'Keine Aufgabe passt zu diesen Filtern',
}

export const views: Work['views'] = {
  title: 'Ansichten',
  list: 'Liste',
  board: 'Board',
  save: 'Als Ansicht speichern',
  share: 'Mit allen teilen',
  shareHint: 'Andere sehen die Ansicht; nur Sie ändern sie.',
  shared: 'Geteilt',
  delete: name => `Ansicht ${name} löschen`,
}

export const board: Work['board'] = {
  card: 'bewegliche Karte',
  fold: column => `${column} einklappen`,
  unfold: column => `${column} ausklappen`,
  howToMove:
    'Die Leertaste nimmt eine Karte auf. Die Pfeiltasten bewegen sie, die Leertaste legt sie ab, Escape lässt sie, wo sie war.',
  taken: title => `${title} ist aufgenommen.`,
  over: (title, column) => `${title} ist über ${column}.`,
  dropped: (title, column) => `${title} liegt in ${column}.`,
  putBack: title => `${title} liegt wieder, wo sie war.`,
}

export const comments: Work['comments'] = {
  title: 'Kommentare',
  none: 'Noch keine Kommentare.',
  write: 'Kommentar schreiben',
  hint: '@ erwähnt jemanden · Strg Enter sendet',
  send: 'Kommentieren',
  edit: 'Kommentar bearbeiten',
  edited: 'bearbeitet',
  delete: 'Kommentar löschen',
  deleteHint: 'Der Kommentar verschwindet für alle. Das lässt sich nicht rückgängig machen.',
}

export const attachments: Work['attachments'] = {
  title: 'Dateien',
  add: 'Anhängen',
  drop: 'Dateien hierher ziehen.',
  delete: name => `${name} löschen`,
  deleteHint: 'Die Datei verschwindet für alle. Das lässt sich nicht rückgängig machen.',
}

export const myWork: Work['myWork'] = {
  none: 'Nichts wartet auf Sie',
  noneHint: 'Aufgaben, für die Sie zuständig sind, stehen hier nach Fälligkeit.',
  groups: { overdue: 'Überfällig', today: 'Heute', week: 'Diese Woche', later: 'Später', none: 'Ohne Datum' },
}
