import type { Messages } from '#web/messages/en.ts'

type Work = Messages['work']

export const task: Work['task'] = {
  task: 'Tâche',
  tasks: 'Tâches',
  fields: {
    title: 'Titre',
    description: 'Description',
    status: 'Statut',
    priority: 'Priorité',
    assigneeId: 'Responsable',
    dueOn: 'Échéance',
    startOn: 'Début',
    estimateSeconds: 'Estimation',
    tagIds: 'Étiquettes',
    viewerIds: 'Lecteurs',
    projectId: 'Projet',
    parentId: 'Fait partie de',
  },
  unassigned: 'Personne',
  quickAdd: 'Ajouter une tâche',
  quickAddHint: 'Entrée ajoute · plusieurs lignes, plusieurs tâches',
  none: 'Pas de tâches ouvertes',
  noneHint: 'Tapez la première ci-dessus puis Entrée, ou collez une liste : chaque ligne devient une tâche.',
  noDescription: 'Pas encore de description.',
  markdownHint: 'Markdown est compris : **gras**, listes, - [ ] cases à cocher.',
  overtaken: 'Quelqu’un a enregistré un autre texte entre-temps. Le voici :',
  saveMine: 'Le remplacer par le mien',
  changedMeanwhile: key => `${key} a été modifiée entre-temps`,
  changedFields: fields =>
    `Quelqu’un d’autre a modifié : ${fields}. Vous voyez sa version ; la vôtre n’est pas enregistrée.`,
  changedElsewhere: 'Vous voyez la nouvelle version ; la vôtre n’est pas enregistrée.',
  dueToday: 'Aujourd’hui',
  dueDay: day => `Échéance le ${day}`,
  overdueSince: day => `En retard depuis le ${day}`,
  createdBy: (who, when) => `Créée par ${who}, ${when}`,
  addTag: 'Ajouter une étiquette',
  addViewer: 'Donner accès à quelqu’un',
  seenByAll: 'Tout l’espace de travail sauf les invités voit cette tâche, ainsi que ses lecteurs.',
  seenByMembers: names =>
    `Le projet est privé : ses membres (${names}), les managers et les lecteurs voient cette tâche.`,
  findParent: 'Chercher une tâche',
  subtasks: 'Sous-tâches',
  openPage: 'Ouvrir comme page',
  actions: 'Actions pour cette tâche',
  copyLink: 'Copier le lien',
  delete: key => `Supprimer ${key}`,
  deleteHint: title => `« ${title} » disparaît avec ses commentaires et ses fichiers. C’est irréversible.`,
}

export const filters: Work['filters'] = {
  title: 'Filtres',
  text: 'Filtrer par texte',
  me: 'Moi',
  due: 'Échéance',
  anyDue: 'Toute date',
  dues: { overdue: 'En retard', today: 'Aujourd’hui', week: '7 prochains jours', none: 'Sans date' },
  sort: 'Ordre',
  sorts: {
    position: 'À la main',
    due: 'Par échéance',
    updated: 'Dernière modification',
    created: 'Par création',
    title: 'Par titre',
  },
  closed: 'Closes aussi',
  clear: 'Effacer les filtres',
  nothing: 'Aucune tâche ne correspond à ces filtres',
}

export const views: Work['views'] = {
  title: 'Vues',
  list: 'Liste',
  board: 'Tableau',
  save: 'Enregistrer comme vue',
  share: 'Partager avec tous',
  shareHint: 'Les autres voient la vue ; vous seul la modifiez.',
  shared: 'Partagée',
  delete: name => `Supprimer la vue ${name}`,
}

export const board: Work['board'] = {
  card: 'carte déplaçable',
  fold: column => `Replier ${column}`,
  unfold: column => `Déplier ${column}`,
  howToMove:
    'Pour prendre une carte, appuyez sur Espace. Déplacez-la avec les flèches, Espace la pose, Échap la laisse où elle était.',
  taken: title => `${title} est prise.`,
  over: (title, column) => `${title} est au-dessus de ${column}.`,
  dropped: (title, column) => `${title} est posée dans ${column}.`,
  putBack: title => `${title} est revenue à sa place.`,
}

export const comments: Work['comments'] = {
  title: 'Commentaires',
  none: 'Pas encore de commentaires.',
  write: 'Écrire un commentaire',
  hint: '@ mentionne quelqu’un · Ctrl Entrée envoie',
  send: 'Commenter',
  edit: 'Modifier le commentaire',
  edited: 'modifié',
  delete: 'Supprimer le commentaire',
  deleteHint: 'Le commentaire disparaît pour tous. C’est irréversible.',
}

export const attachments: Work['attachments'] = {
  title: 'Fichiers',
  add: 'Joindre',
  drop: 'Déposez des fichiers ici.',
  delete: name => `Supprimer ${name}`,
  deleteHint: 'Le fichier disparaît pour tous. C’est irréversible.',
}

export const myWork: Work['myWork'] = {
  none: 'Rien ne vous attend',
  noneHint: 'Les tâches qui vous sont confiées sont ici, par échéance.',
  groups: { overdue: 'En retard', today: 'Aujourd’hui', week: 'Cette semaine', later: 'Plus tard', none: 'Sans date' },
}
