/** One reading by a member: of which partner, which records, which fields, when, in which request. */
export type MemberRead = {
  org_id: string
  member_id: string
  at: string
  kind: string
  partner_id: string
  record_ids: string[]
  fields: string[]
  request_id: string
}
export type ReadLater = {
  /** Puts a reading on record with the next writing, within a second. */
  keep(read: MemberRead): void
  /** Writes what was kept so far. Errors: the database's; what it refused is kept for the next time. */
  flush(): Promise<void>
  /** Writes it and waits for what is under way. */
  close(): Promise<void>
}

const gathered_ms = 500

/**
 * What members read is gathered and written together; only what a partner's people read waits for the disk.
 * In: how the rows are written. Out: where readings are kept. A crash loses what was gathered since the last writing.
 */
export function readLater(write: (reads: MemberRead[]) => Promise<unknown>): ReadLater {
  let kept: MemberRead[] = []
  let writing: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    const reads = kept
    kept = []
    if (reads.length > 0)
      writing = Promise.all([
        writing.catch(() => {}),
        write(reads).catch((error: Error) => {
          kept = [...reads, ...kept]
          plan()
          throw error
        }),
      ])
    await writing
  }
  const plan = () => {
    timer ??= setTimeout(() => flush().catch(() => {}), gathered_ms)
  }
  return {
    keep(read) {
      kept.push(read)
      plan()
    },
    flush,
    async close() {
      await flush().finally(() => clearTimeout(timer))
    },
  }
}
