/** What the first two screens ask for. */
export type Founding = {
  name: string
  email: string
  password: string
  company: string
  time_zone: string
  currency: string
}
