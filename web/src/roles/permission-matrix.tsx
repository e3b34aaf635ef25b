import { NativeSelect } from '@mantine/core'
import type { Permissions } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { type Cell, rowsOf, scopeOf, scopesUpTo } from '#web/roles/matrix.ts'
import { usePermissions } from '#web/shell/use-permission.ts'
import classes from './permission-matrix.module.css'

type Props = { value: Permissions; onChange?: (cell: Cell) => void }

/** Resource × action → scope. Without `onChange` it is only shown. */
export function PermissionMatrix({ value, onChange }: Props) {
  const { members } = useMessages()
  return (
    <div>
      <table className={classes.matrix}>
        <tbody>
          {rowsOf(value).map(({ resource, cells }) => (
            <tr key={resource}>
              <th scope="row">{members.resources[resource]}</th>
              <td>
                <div className={classes.cells}>
                  {cells.map(cell => (
                    <MatrixCell key={cell.action} cell={cell} onChange={onChange} />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </div>
  )
}

function MatrixCell({ cell, onChange }: { cell: Cell; onChange: Props['onChange'] }) {
  const { members } = useMessages()
  const mine = usePermissions()
  const verbs: Record<string, string> = members.verbs
  const verb = verbs[cell.action] ?? cell.action
  const offered = scopesUpTo(scopeOf(mine, cell.resource, cell.action), cell)
  return (
    <div className={classes.cell}>
      <span className={classes.verb}>{verb}</span>
      {onChange ? (
        <NativeSelect
          size="xs"
          aria-label={`${members.resources[cell.resource]}: ${verb}`}
          value={cell.scope}
          data={(offered.includes(cell.scope) ? offered : [...offered, cell.scope]).map(value => ({
            value,
            label: members.scopes[value],
          }))}
          onChange={event => onChange({ ...cell, scope: event.target.value as Cell['scope'] })}
        />
      ) : (
        <span className={classes.scope} data-scope={cell.scope}>
          {members.scopes[cell.scope]}
        </span>
      )}
    </div>
  )
}

function Legend() {
  const { members } = useMessages()
  return (
    <dl className={classes.legend}>
      {(['all', 'project', 'own', 'none'] as const).map(scope => (
        <div key={scope}>
          <dt className={classes.scope} data-scope={scope}>
            {members.scopes[scope]}
          </dt>
          <dd>{members.scopeHints[scope]}</dd>
        </div>
      ))}
    </dl>
  )
}
