import pg, { type PoolClient, type QueryResult } from 'pg'

declare module 'pg' {
  interface Connection {
    /** Name to text of what was prepared here. */
    parsedStatements: Record<string, string>
  }
}

export type Prepared = { name: string; text: string; values: unknown[] }

/** Was this statement prepared on this connection before? */
export const knows = (client: PoolClient, { name }: Prepared): boolean => name in client.connection.parsedStatements

/**
 * Statements in one message with one answer: one transaction by themselves, done when all are done, undone where one fails, and none
 * after that one runs. In: a connection at rest, statements it knows. Out: their results. Errors: the first one's, as they are.
 */
export function together(client: PoolClient, statements: readonly Prepared[]): Promise<QueryResult[]> {
  return new Promise((answered, failed) => {
    const parts = statements.map((one) => Object.assign(new pg.Query(one), { callback: failed }))
    const whole = Object.assign(new pg.Query({ text: '' }), {
      callback: (error: Error | null, results: QueryResult[]) => (error ? failed(error) : answered(results)),
      submit(connection: pg.Connection) {
        // Each part would end a transaction of its own.
        const unended = Object.create(connection, { sync: { value: () => {} } })
        for (const part of parts) part.submit(unended)
        connection.sync()
      },
    })
    client.query(whole)
  })
}

/** For who waits only until a transaction is over: one that the database refused is. Errors: the connection's. */
export function whenOver(error: unknown): void {
  if (!(error instanceof pg.DatabaseError)) throw error
}
