// The part of autocannon that the bench uses; the package brings no types.
declare module 'autocannon' {
  type Options = {
    url: string
    connections: number
    duration: number
    sampleInt?: number
    requests: { method: 'GET'; path: string; headers: Record<string, string> }[]
  }
  type Result = {
    '2xx': number
    non2xx: number
    errors: number
    duration: number
    latency: { p50: number; p97_5: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
