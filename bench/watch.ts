// A thread of its own, started by import.ts: how much a server holds is looked up all the while, quiet or not, without holding up the clock of those who work.
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { familyOf, memoryOf } from './cpu.ts'

const server: number = workerData

const reads = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('reader.ts')
  } catch {
    return false
  }
}
/** Megabytes that the server holds, with the reader that it starts; the database's processes are its children too and not counted. */
const held = () => (memoryOf(familyOf(server).filter((one) => one === server || reads(one))) ?? Number.NaN) / 1e6

setInterval(() => parentPort?.postMessage(held()), 300)
