import { foldText } from './clean-text.ts'
import type { CsvTarget } from './csv-targets.ts'

/** What a column of an unknown tool is likely to hold, by its header. Better names stand first. */
export function readHeader(folded: string): { target: CsvTarget; rank: number } | undefined {
  return byName.get(folded)
}

/** Folded for comparison; a Jira "Custom field (Start date)" is its "start date", "(UTC)" is a zone and no name. */
export function foldHeader(header: string): string {
  const inner = /^custom field \((.*)\)$/i.exec(header.trim())?.[1]
  return foldText((inner ?? header).replace(/\(UTC\)/i, ''))
}

const names = {
  title: `task name; title; task title; summary; name; task; subject; card name; card title; item name; item; issue title; issue;
    todo; content; taaknaam; taak; titel; naam; onderwerp; nom de la tache; titre; tache; nom; sujet; intitule; aufgabenname;
    aufgabe; betreff; bezeichnung; vorgang; vorgangsname`,
  description: `description; task description; notes; note; details; body; task content; card description; description content;
    desc; omschrijving; beschrijving; notities; toelichting; contenu; remarques; beschreibung; notizen; inhalt; bemerkung`,
  status: `status; state; task status; stage; progress; statut; etat; stand; zustand; voortgang`,
  statusCategory: `status category; status type`,
  resolution: `resolution`,
  priority: `priority; prioriteit; priorite; prioritat; urgency; urgentie`,
  assignee: `assignee; assignees; assigned to; assign; assigned; owner; responsible; person; task assignee s; task assignees; members;
    toegewezen aan; toegewezen; verantwoordelijke; uitvoerder; eigenaar; assigne a; assigne; attribue a; responsable;
    zugewiesen an; zugewiesen; verantwortlich; zustandig; bearbeiter`,
  creator: `reporter; creator; created by; author; requester; aangemaakt door; gemaakt door; cree par; auteur; erstellt von; autor`,
  viewers: `watchers; followers; viewers; subscribers; volgers; abonnes; observateurs; beobachter`,
  due: `due date; due; deadline; due on; end date; end; date due; target date; finish date; vervaldatum; einddatum; uiterste datum;
    echeance; date d echeance; date echeance; date de fin; date limite; falligkeitsdatum; fallig am; fallig; enddatum; frist`,
  start: `start date; start; start on; begin date; startdatum; begindatum; date de debut; debut; beginn; anfangsdatum`,
  dateRange: `date; dates; timeline; datum; periode; zeitraum`,
  created: `created at; created; date created; created time; created date; creation date; creation time; aangemaakt op; aangemaakt;
    cree le; date de creation; erstellt am; erstellt; erstellungsdatum`,
  closed: `completed at; closed at; completed on; completed date; date closed; date completed; completed time; closed; resolved;
    completion date; finished at; date done; afgesloten op; voltooid op; afgerond op; termine le; date de cloture;
    abgeschlossen am; erledigt am; geschlossen am`,
  completed: `completed; done; complete; is completed; finished; voltooid; klaar; gereed; terminee; termine; fait; erledigt;
    abgeschlossen`,
  timezone: `timezone; time zone`,
  estimate: `time estimate; original estimate; estimated time; estimate; estimated hours; time estimated; geschatte tijd; raming;
    estimation; temps estime; schatzung; geschatzte zeit`,
  timeSpent: `time spent; time tracked; actual hours; logged time; bestede tijd; temps passe; aufgewendete zeit`,
  workLog: `log work`,
  tags: `tags; tag; labels; label; components; component s; component; fix versions; fix version s; sprint; category; categories;
    milestone; etiketten; labels etiketten; categorie; etiquettes; etiquette; schlagworter; kategorie; kategorien`,
  section: `section column; section; list name; list; bucket name; bucket; column name; column; group; lijst; kolom; sectie; liste;
    colonne; spalte; abschnitt`,
  project: `project name; project; projects; board name; board; list clickup; projectnaam; projet; projekt; projektname`,
  projectKey: `project key`,
  projectDescription: `project description`,
  folder: `folder name; folder; folder name path`,
  parent: `parent task; parent key; parent; parent issue; parent id; parent item; epic link; parent task id; hoofdtaak;
    bovenliggende taak; tache parente; tache mere; ubergeordnete aufgabe`,
  subtasks: `subtasks; subitems; subtaken; sous taches; unteraufgaben; teilaufgaben`,
  indent: `indent`,
  comment: `comment; comments; opmerkingen; reacties; commentaire; commentaires; kommentar; kommentare`,
  checklist: `checklist; checklists; checklist items; controlelijst; checkliste`,
  attachment: `attachment; attachments; files; bijlagen; bijlage; pieces jointes; piece jointe; anhange; anhang`,
  url: `url; link; card url; task link; permalink; issue url; web url`,
  key: `issue key; key; identifier; number; issue number; task custom id; nummer`,
  id: `task id; issue id; id; taskid; card id; uuid`,
} satisfies Partial<Record<CsvTarget, string>>

const byName = new Map(
  (Object.keys(names) as (keyof typeof names)[]).flatMap(target =>
    names[target].split(';').map((name, rank) => [foldText(name), { target: target as CsvTarget, rank }] as const),
  ),
)

export const titleHeaders: ReadonlySet<string> = new Set(names.title.split(';').map(foldText))
