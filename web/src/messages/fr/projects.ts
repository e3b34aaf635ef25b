import type { Messages } from '#web/messages/en.ts'

export const projects: Messages['work']['projects'] = {
  create: 'Nouveau projet',
  edit: 'Modifier le projet',
  key: 'Clé',
  keyInvalid: 'Une lettre, puis au plus neuf lettres ou chiffres',
  private: 'Privé',
  privateHint: 'Seuls les managers et les membres ci-dessous voient un projet privé.',
  members: 'Membres',
  membersHint: 'Les invités et les projets privés ont besoin de noms ici.',
  layouts: 'Présentation',
  archived: 'Projets archivés',
  isArchived: 'Archivé',
  archivedOn: day => `Archivé le ${day}`,
  createdOn: day => `Créé le ${day}`,
  noneArchived: 'Rien n’est archivé',
  emptyHint: 'Un projet contient des tâches. Créez-en un, ou apportez votre travail d’un autre outil.',
  emptyForGuests: 'Les projets apparaissent ici dès que quelqu’un vous y admet.',
  archive: 'Archiver',
  unarchive: 'Sortir des archives',
  actions: name => `Actions pour ${name}`,
  delete: name => `Supprimer ${name}`,
  deleteHint:
    'Toutes ses tâches, commentaires et fichiers disparaissent avec lui, pour tous. C’est irréversible. L’archivage les garde.',
  typeName: name => `Tapez « ${name} » pour confirmer`,
  less: 'Montrer moins',
}
