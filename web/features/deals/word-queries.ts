/** Everything on the page that shows a line is loaded again once its words have changed. */
export const wordQueries = ['list_deal_entries', 'list_notes', 'list_entry_versions', 'list_inbox']
