/** How something was done or seen. */
export const channelNames: Record<string, string> = {
  app: 'App',
  portal: 'Portal',
  mail: 'E-mail',
  link: 'E-mail link',
  import: 'Import',
  view_as: 'View as',
}
export const channelName = (channel: string) => channelNames[channel] ?? channel
