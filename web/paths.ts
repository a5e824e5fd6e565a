/** The only place where a page's address is spelled. */
export const paths = {
  home: '/',
  inbox: '/inbox',
  partners: '/partners',
  savedView: (screen: 'partners' | 'deals', id: string, query: string) =>
    `/${screen}?saved=${id}${query && `&${query}`}`,
  addPartner: '/partners/new',
  importPartners: '/partners/import',
  partner: (slug: string, tab: PartnerTab = 'overview') => `/partners/${slug}/${tab}`,
  merge: (slug: string, other?: string) => `/partners/${slug}/merge${other ? `?other=${other}` : ''}`,
  preview: (slug: string, contact?: string) => `/partners/${slug}/preview${contact ? `?contact=${contact}` : ''}`,
  deals: '/deals',
  deal: (ref: string) => `/deals/${ref}`,
  shareDeal: (slug: string, kind: 'lead' | 'referral' | 'co_sell') => `/partners/${slug}/share?kind=${kind}`,
  review: '/review',
  access: '/access',
  log: (lens: 'changes' | 'views' | 'undo' = 'changes', query = '') =>
    `/access/log?lens=${lens}${query && `&${query}`}`,
  settings: (page: SettingsPage = 'company') => `/settings/${page}`,
  help: (page = '') => `/help${page && `/${page}`}`,
  deleted: '/deleted',
  setup: '/setup',
  signIn: '/sign-in',
  invitation: (token: string) => `/i/${token}`,
  workspaces: '/p',
  workspace: (workspace: string) => `/p/${workspace}`,
  workspaceSend: (workspace: string) => `/p/${workspace}/send`,
  workspaceShared: (workspace: string) => `/p/${workspace}/shared`,
  workspacePeople: (workspace: string) => `/p/${workspace}/people`,
  workspaceDeal: (workspace: string, ref: string) => `/p/${workspace}/deals/${ref}`,
}

export const partnerTabs = ['overview', 'contacts', 'deals', 'notes', 'files', 'access', 'activity'] as const
export type PartnerTab = (typeof partnerTabs)[number]
export const settingsPages = ['company', 'people', 'tags-and-rules', 'notifications', 'email', 'data'] as const
export type SettingsPage = (typeof settingsPages)[number]
