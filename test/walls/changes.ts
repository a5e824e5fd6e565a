import { idOf } from './ids.ts'

// One change of one row of each table that is kept and logged.
export const changes: Record<string, string> = {
  organizations: "update organizations set name = 'changed'",
  members: `update members set name = 'changed' where id = '${idOf('m_worker')}'`,
  partners: `update partners set phone = 'changed' where id = '${idOf('p_open')}'`,
  partner_members: `delete from partner_members where partner_id = '${idOf('p_open')}' and member_id = '${idOf('m_worker')}'`,
  contacts: `update contacts set title = 'changed' where id = '${idOf('all_open')}'`,
  invitations: `update invitations set message = 'changed, and long enough to be one' where id = '${idOf('inv_open')}'`,
  tags: "update tags set meaning = 'changed'",
  views: `update views set name = 'changed' where id = '${idOf('v_shared')}'`,
  partner_tags: `delete from partner_tags where partner_id = '${idOf('p_open')}'`,
  imports: `update imports set file_name = 'changed' where id = '${idOf('i_owner')}'`,
  deals: `update deals set ask = 'changed' where id = '${idOf('dshared_open')}'`,
  entries: `update entries set body = 'changed' where id = '${idOf('eteam_open')}'`,
  files: `update files set removed_at = app.now() where id = '${idOf('fteam_open')}'`,
  shares: `update shares set stopped_at = app.now(), stopped_by = '${idOf('m_owner')}' where id = '${idOf('sdshared_open')}'`,
}
