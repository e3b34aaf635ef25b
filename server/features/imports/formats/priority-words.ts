import type { TaskPriority } from '../import-plan.ts'
import { foldText } from './clean-text.ts'

/** What a priority's name means; undefined where no word of English, Dutch, French or German fits. */
export function readPriority(name: string): TaskPriority | undefined {
  return exactWords.get(foldText(name))
}

const words = {
  none: `none; no priority; no; not set; unset; undefined; normal priority not set; null; 0; geen; aucune; sans; keine; ohne`,
  low: `low; lowest; minor; trivial; low priority; p4; laag; laagste; basse; faible; la plus basse; niedrig; niedrigste; gering`,
  medium: `medium; normal; moderate; default; medium priority; p3; gemiddeld; normaal; middel; moyenne; moyen; normale; mittel`,
  high: `high; important; major; high priority; p2; hoog; belangrijk; haute; elevee; importante; hoch; wichtig`,
  urgent: `urgent; highest; critical; blocker; immediate; critical priority; urgent priority; asap; p0; p1; dringend; hoogste;
    kritiek; spoed; critique; la plus haute; urgente; bloquante; hochste; kritisch; sofort`,
} satisfies Record<TaskPriority, string>

const exactWords = new Map(
  (Object.keys(words) as TaskPriority[]).flatMap(priority =>
    words[priority].split(';').map(word => [foldText(word), priority]),
  ),
)
