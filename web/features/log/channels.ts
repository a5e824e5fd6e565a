/** How something was done or seen. */
export const channelNames: Record<string, string> = {
  app: 'App',
  portal: 'Portal',
  mail: 'Email',
  link: 'Email link',
  import: 'Import',
  view_as: 'View as',
}
export const channelName = (channel: string) => channelNames[channel] ?? channel
