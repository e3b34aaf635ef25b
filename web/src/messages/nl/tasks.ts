import type { Messages } from '#web/messages/en.ts'

type Work = Messages['work']

export const task: Work['task'] = {
  task: 'Taak',
  tasks: 'Taken',
  fields: {
    title: 'Titel',
    description: 'Beschrijving',
    status: 'Status',
    priority: 'Prioriteit',
    assigneeId: 'Toegewezen aan',
    dueOn: 'Deadline',
    startOn: 'Begin',
    estimateSeconds: 'Raming',
    tagIds: 'Labels',
    viewerIds: 'Meekijkers',
    projectId: 'Project',
    parentId: 'Deel van',
  },
  unassigned: 'Niemand',
  quickAdd: 'Taak toevoegen',
  quickAddHint: 'Enter voegt toe · meer regels, meer taken',
  none: 'Geen open taken',
  noneHint: 'Typ hierboven de eerste en druk op Enter, of plak een lijst: elke regel wordt een taak.',
  noDescription: 'Nog geen beschrijving.',
  markdownHint: 'Markdown werkt: **vet**, lijsten, - [ ] afvinklijsten.',
  overtaken: 'Iemand heeft intussen een andere tekst bewaard. Die luidt nu:',
  saveMine: 'Vervangen door de mijne',
  changedMeanwhile: key => `${key} is intussen gewijzigd`,
  changedFields: fields => `Iemand anders wijzigde: ${fields}. Je ziet die versie; de jouwe is niet bewaard.`,
  changedElsewhere: 'Je ziet de nieuwe versie; de jouwe is niet bewaard.',
  dueToday: 'Vandaag',
  dueDay: day => `Deadline ${day}`,
  overdueSince: day => `Te laat sinds ${day}`,
  createdBy: (who, when) => `Aangemaakt door ${who}, ${when}`,
  addTag: 'Label toevoegen',
  addViewer: 'Iemand laten meekijken',
  seenByAll: 'Iedereen in de werkruimte behalve gasten ziet deze taak, en ook de meekijkers.',
  seenByMembers: names => `Het project is privé: de leden ervan (${names}), managers en de meekijkers zien deze taak.`,
  findParent: 'Taak zoeken',
  subtasks: 'Deeltaken',
  openPage: 'Als pagina openen',
  actions: 'Acties voor deze taak',
  copyLink: 'Link kopiëren',
  delete: key => `${key} verwijderen`,
  deleteHint: title => `“${title}” verdwijnt, met de opmerkingen en bestanden. Dit kan niet ongedaan worden gemaakt.`,
}

export const filters: Work['filters'] = {
  title: 'Filters',
  text: 'Filteren op tekst',
  me: 'Ik',
  due: 'Deadline',
  anyDue: 'Elke datum',
  dues: { overdue: 'Te laat', today: 'Vandaag', week: 'Komende 7 dagen', none: 'Geen datum' },
  sort: 'Volgorde',
  sorts: {
    position: 'Met de hand',
    due: 'Op deadline',
    updated: 'Laatst gewijzigd',
    created: 'Op aanmaak',
    title: 'Op titel',
  },
  closed: 'Ook afgesloten',
  clear: 'Filters wissen',
  nothing: 'Geen taak past bij deze filters',
}

export const views: Work['views'] = {
  title: 'Weergaven',
  list: 'Lijst',
  board: 'Bord',
  save: 'Als weergave bewaren',
  share: 'Met iedereen delen',
  shareHint: 'Anderen zien de weergave; alleen jij wijzigt ze.',
  shared: 'Gedeeld',
  delete: name => `Weergave ${name} verwijderen`,
}

export const board: Work['board'] = {
  card: 'verplaatsbare kaart',
  fold: column => `${column} inklappen`,
  unfold: column => `${column} uitklappen`,
  howToMove:
    'Druk op de spatiebalk om een kaart te nemen. Verplaats ze met de pijltoetsen, druk weer op spatie om ze neer te leggen, Escape laat ze waar ze was.',
  taken: title => `${title} is genomen.`,
  over: (title, column) => `${title} hangt boven ${column}.`,
  dropped: (title, column) => `${title} ligt in ${column}.`,
  putBack: title => `${title} ligt weer waar ze was.`,
}

export const comments: Work['comments'] = {
  title: 'Opmerkingen',
  none: 'Nog geen opmerkingen.',
  write: 'Schrijf een opmerking',
  hint: '@ vermeldt iemand · Ctrl Enter verstuurt',
  send: 'Plaatsen',
  edit: 'Opmerking bewerken',
  edited: 'bewerkt',
  delete: 'Opmerking verwijderen',
  deleteHint: 'De opmerking verdwijnt voor iedereen. Dit kan niet ongedaan worden gemaakt.',
}

export const attachments: Work['attachments'] = {
  title: 'Bestanden',
  add: 'Bijvoegen',
  drop: 'Sleep bestanden hierheen.',
  delete: name => `${name} verwijderen`,
  deleteHint: 'Het bestand verdwijnt voor iedereen. Dit kan niet ongedaan worden gemaakt.',
}

export const myWork: Work['myWork'] = {
  none: 'Er wacht niets op je',
  noneHint: 'Taken die aan jou zijn toegewezen staan hier, op deadline.',
  groups: { overdue: 'Te laat', today: 'Vandaag', week: 'Deze week', later: 'Later', none: 'Zonder datum' },
}
