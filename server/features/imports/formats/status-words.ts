import type { TaskStatus } from '../import-plan.ts'
import { foldText } from './clean-text.ts'

/** What a status, list or section name means. `exact` is false where only a word in it gave the hint. */
export function readStatus(name: string): { status: TaskStatus; exact: boolean } | undefined {
  const folded = foldText(name)
  const exact = exactWords.get(folded)
  if (exact) return { status: exact, exact: true }
  if (folded === '' || /^(not|non|pas|niet|nicht|un|geen|kein)\b/.test(folded)) return undefined
  const status = hints.find(([, hint]) => hint.test(folded))?.[0]
  return status && { status, exact: false }
}

const words = {
  backlog: `backlog; product backlog; icebox; ideas; idea; someday; someday maybe; maybe later; later; triage; new ideas;
    wish list; wishlist; ideeen; wensen; wensenlijst; later misschien; voorraad; idees; idee; a planifier; a trier; plus tard;
    ideenspeicher; themenspeicher; ideen; spater; irgendwann; ruckstand`,
  todo: `to do; todo; to dos; open; opened; new; not started; unstarted; planned; pending; next; up next; ready; ready to start;
    ready for development; selected for development; reopened; scheduled; incomplete; this week; today; queued; normal; false; no;
    te doen; nog te doen; nieuw; niet gestart; niet begonnen; gepland; openstaand; vandaag; deze week; volgende;
    a faire; ouvert; ouverte; nouveau; nouvelle; non commence; pas commence; non demarre; planifie; prevu; en attente; aujourdhui;
    zu erledigen; zu tun; offen; neu; nicht begonnen; nicht gestartet; geplant; ausstehend; heute; diese woche; als nachstes`,
  doing: `doing; in progress; inprogress; started; wip; work in progress; in development; working on it; active; ongoing; current;
    in flight; underway; implementing; bezig; mee bezig; in uitvoering; in behandeling; lopend; gestart; onderhanden; actief;
    en cours; en cours de realisation; commence; demarre; in arbeit; in bearbeitung; laufend; begonnen; gestartet; aktiv`,
  review: `review; in review; code review; peer review; ready for review; in test; testing; to test; to verify; in qa; qa; verify;
    validation; awaiting approval; for approval; to review; controle; ter controle; te controleren; na te kijken; nakijken;
    ter goedkeuring; in controle; testen; te testen; en revue; relecture; a relire; a valider; a verifier; en validation;
    revision; en test; a tester; prufung; in prufung; zur prufung; uberprufung; in uberprufung; abnahme; zu prufen; im test`,
  done: `done; complete; completed; closed; resolved; finished; fixed; merged; released; shipped; deployed; archived; archive; live;
    accepted; true; yes; klaar; gereed; afgerond; afgewerkt; gedaan; voltooid; gesloten; opgelost; af; termine; terminee; fait;
    faite; fini; acheve; clos; ferme; resolu; livre; erledigt; fertig; abgeschlossen; geschlossen; gelost; beendet`,
  cancelled: `cancelled; canceled; wont do; wont fix; abandoned; rejected; duplicate; declined; invalid; obsolete; dropped;
    cannot reproduce; not planned; not doing; geannuleerd; vervallen; afgewezen; geschrapt; annule; annulee; abandonne; rejete;
    refuse; abgebrochen; storniert; verworfen; abgelehnt; entfallt; gestrichen`,
} satisfies Record<TaskStatus, string>

const exactWords = new Map(
  (Object.keys(words) as TaskStatus[]).flatMap(status =>
    words[status].split(';').map(word => [foldText(word), status]),
  ),
)

/** In this order: "ready for QA" is a review, "done, to be archived" is done. */
const hints: [TaskStatus, RegExp][] = [
  ['cancelled', /\b(cancel\w*|abandon\w*|reject\w*|wont|duplicate|geannuleerd|annul\w*|abgebrochen|abgelehnt)\b/],
  ['review', /\b(review\w*|qa|test\w*|verif\w*|validat\w*|approv\w*|merge|uat|controle\w*|valider|pruf\w*|abnahme)\b/],
  [
    'done',
    /\b(done|complete\w*|closed|finished|resolved|shipped|released|klaar|afgerond|termine\w*|erledigt|fertig)\b/,
  ],
  ['doing', /\b(doing|progress|wip|development|working|bezig|uitvoering|en cours|in arbeit|bearbeitung)\b/],
  ['backlog', /\b(backlog|icebox|ideas?|someday|later|wish\w*|triage|ideeen|idees|ideen)\b/],
  ['todo', /\b(to ?do|next|planned|ready|queue\w*|te doen|gepland|a faire|offen|geplant|hold|blocked|waiting)\b/],
]
