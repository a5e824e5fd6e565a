import type { PoolClient } from 'pg'
import type { Database } from './pool.ts'

/**
 * Listens to what the database says on a channel, on a connection of its own. In: the channel, what to do with what is said, and what when
 * the connection is lost. Out: what ends the listening. Errors: those of connecting.
 */
export async function hear(
  database: Database,
  channel: 'partnered_live',
  onSaid: (payload: string) => void,
  onLost: () => void,
): Promise<() => void> {
  const ear: PoolClient = await database.worker.connect()
  let over = false
  ear.on('notification', ({ payload = '' }) => onSaid(payload))
  ear.once('error', (error) => {
    if (over) return
    over = true
    ear.release(error)
    onLost()
  })
  await ear.query(`listen ${channel}`)
  return () => {
    if (over) return
    over = true
    ear.release(true)
  }
}
