export type HelpPage = {
  slug: string
  title: string
  lead: string
  parts: { title: string; lines: string[] }[]
  go?: { label: string; href: string }
}

/** One short page for each step of working with partners. */
export const helpPages: HelpPage[] = [
  {
    slug: 'partners',
    title: 'What a partner is',
    lead: 'A partner is a company you work with often: a reseller, distributor, agency or technology company. It is not a customer. One-off vendors do not belong here.',
    parts: [
      {
        title: 'Each partner has a workspace',
        lines: [
          'You see it under Partners. They see theirs only if you invite them, and only what you share.',
          'Work goes both ways: you share leads with them, they answer and move them on.',
        ],
      },
    ],
    go: { label: 'Open Partners', href: '/partners' },
  },
  {
    slug: 'add',
    title: 'Add a partner',
    lead: 'Two fields are required: the legal name, as in the contract, and the email of your main contact. Adding a partner sends nothing to anyone.',
    parts: [
      {
        title: 'While you type',
        lines: [
          'A partner that looks the same is shown under the name. The same name with the same domain is refused; anything weaker is only said.',
          'A likely typo in the address is offered as a button. Alt+Enter takes it.',
        ],
      },
      {
        title: 'Who works with it',
        lines: [
          'Everyone: the whole team sees it. People I pick: only the people you name, to look or to work. Admins see every partner.',
          'What they may see starts at "Shared items only": nothing, until you share one thing.',
        ],
      },
      {
        title: 'Import a list',
        lines: [
          'Partners or deals from CSV, XLSX or pasted cells. Columns are guessed, broken cells mended in place, duplicates skipped unless you decide otherwise.',
          'Nothing is added before you press Import, and no email is sent. You can leave while it runs, and undo it for 72 hours.',
          'Deals whose partner is not known wait on the import page until you say which one it is.',
        ],
      },
    ],
    go: { label: 'Add a partner', href: '/partners/new' },
  },
  {
    slug: 'invite',
    title: 'Invite, or keep it internal',
    lead: 'Invite a contact if they should see deals and notes here. Keep it internal if you only track things on your side. Both are fine.',
    parts: [
      {
        title: 'The message',
        lines: [
          'Start with one person, the main contact. Write the message yourself: why them, what they will see, what to do first.',
          'It leaves after ten seconds. Until then Undo takes it back as if it never was.',
        ],
      },
      {
        title: 'What the contact does',
        lines: [
          'They open the link and sign in with a 6-digit code. There is no password to choose.',
          'They can choose "Just email me instead". The link works for 14 days, and you can withdraw it at any time.',
        ],
      },
      {
        title: 'Without a mail server',
        lines: [
          'Invitations wait under Settings, Email, with their links to copy. Sign-in codes are printed on the server’s console.',
        ],
      },
    ],
  },
  {
    slug: 'organise',
    title: 'Organise and tag',
    lead: 'Type says what kind of partner it is, status where it stands, tags what it is good for. Do it as you add them; it is tedious afterwards.',
    parts: [
      {
        title: 'Find them again',
        lines: [
          'Filters are in the address of the page: copy it to share the same list with a colleague.',
          'Search looks at names, domains, contacts and tags, and forgives a slip: "nordlcht" finds Nordlicht.',
          'Save as view keeps what you see under a name, for you or for the team. Five views can be pinned to your sidebar.',
          'On a row: t for tags, s for status, o for owner, Space to look at it. Tick several to change them at once; Undo takes it back for 24 hours.',
        ],
      },
      {
        title: 'Keep it clean',
        lines: [
          'Ground rules say what you want of every partner. Who breaks one stands under Needs attention; Repair puts all of them right at once, or one after another.',
          'Two partners that look like one company say so on their pages: Compare leads to merging them, Not the same is remembered.',
          'Two tags for the same thing? Merge one into the other in Settings; how many partners move is said first, and it can be undone for 30 days.',
          'A field of your own needs a line on what it is for. Ten are the most; partners never see them.',
        ],
      },
      {
        title: 'Contacts',
        lines: [
          'Give each contact a role: Sales, Tech, Exec sponsor. One of them is the main contact. Confirm, in one click, that somebody is still right.',
          'Somebody left? "Left the company" in their menu: open deals go to whom you name, their access ends at once, and what they did keeps their name. It can be undone for 30 days.',
          'A new email address for somebody who signs in ends that sign-in. Invite the new address afterwards.',
        ],
      },
      {
        title: 'Notes',
        lines: [
          '@ and a name tells a colleague who sees the partner. It reaches their Inbox once.',
          'A team-only note is never shared itself. "Share a copy" shares the words you write there; the note stays with your team.',
        ],
      },
      {
        title: 'Files',
        lines: [
          'Drop files on the Files tab or on a deal, up to 25 MB each. They are your team’s alone unless you share that very file; there is no copy, and Stop sharing takes it away again.',
          'A file on a deal is never seen by more people than the deal is. Pictures and PDFs are shown in the page; everything else is only downloaded, so nothing in a file can run here.',
          'A removed file is gone for both sides at once. Undo brings it back as it was, shared or not.',
        ],
      },
      {
        title: 'Archive',
        lines: [
          'Archive in the menu of a partner takes it out of the daily lists and ends its people’s access; you see first for whom. Restore brings everything back as it was.',
        ],
      },
    ],
    go: { label: 'Open Tags and ground rules', href: '/settings/tags-and-rules' },
  },
  {
    slug: 'deals',
    title: 'Share and follow deals',
    lead: 'Share only the deals you want help with. Each share says what you want from the partner.',
    parts: [
      {
        title: 'Three kinds',
        lines: [
          'A lead: you found it, they work it. A referral: one side passes it on and steps back. Co-sell: both sides work it.',
          'Beside the form you see exactly what the partner will see.',
        ],
      },
      {
        title: 'On the deal',
        lines: [
          'Both sides have an owner. Change one, and leave a note: for a colleague it stays with your team, for someone at the partner it is a comment they read.',
          'The page says whose turn it is, since when, and why. Your own comment changes nothing, unless you tick "I need an answer". Nudge writes to whoever holds it, and only to them. A pause gives the turn to nobody until its day.',
          'A comment is for your team only unless you switch it. A "Team only" comment never leaves the team; there is no setting that opens it.',
          'Your own comment can be said better or taken back. The team sees how it read before; the partner sees that it was edited. What is taken back leaves no words on either side.',
          '"Who saw this" lists every time someone at the partner opened it.',
          'A quiet deal says its evidence: for how long nothing changed, and how fast your won deals leave that stage. It is never a score.',
        ],
      },
      {
        title: 'The board',
        lines: [
          'A column is a stage, with how many deals stand there and what they add up to, each currency by itself. Drag a card, or use its menu: arrows go from card to card and m opens it.',
          'Stages are your own: add, rename and order them under Tags and ground rules, and say there after how many days a deal in one is quiet.',
        ],
      },
      {
        title: 'What partners send you',
        lines: [
          'With "Send you deals" on, a partner sends a lead, a referral or a co-sell from their portal. It reaches the owner’s inbox: accept it, decline it with a reason, or ask back. Nothing joins your pipeline before you accept.',
          'You can protect what you accept until a date; activity extends it. If another partner sent the same customer, you see both with their times. They never learn of each other.',
        ],
      },
      {
        title: 'What you are told',
        lines: [
          'Everything reaches your Inbox and stays there until you are done with it; Snooze puts a row away until a morning.',
          'Settings, Notifications says what is mailed as well, and how many mails last week would have brought.',
          'Too many: "Fewer like this" on a row of the Inbox, "No email about it" in the menu of a deal or a partner, or the last line of any mail, without signing in.',
          'In quiet hours mail waits. After five mails a day the rest is in your digest, which comes on weekday mornings. What you read meanwhile is not mailed.',
        ],
      },
      {
        title: 'Give and get',
        lines: [
          'Under Deals on a partner’s page: what went each way, what was accepted, won and declined, and whom each deal waits for. The partner can look at the same from their side.',
        ],
      },
    ],
    go: { label: 'Open Deals', href: '/deals' },
  },
  {
    slug: 'access',
    title: 'Who sees what',
    lead: 'A partner sees nothing until someone shares that one thing. Six permissions say how much of it they see.',
    parts: [
      {
        title: 'Before you change a permission',
        lines: [
          'Review shows which deals, notes and files appear or disappear, and for whom. It is computed with the same rules as the portal and then undone.',
          'Removal takes effect at once. Pages that are open lose the data with their next request.',
        ],
      },
      {
        title: 'Look as they do',
        lines: [
          'Press v on a partner to see the portal as a contact sees it, read-only. It is written into the log under your name.',
        ],
      },
      {
        title: 'The log',
        lines: [
          'Changes says who changed what. Views says who saw what. Nobody can edit either.',
          'Undo lists what you did to many at once, a merge or an import, and until when it can be taken back. What was changed since stays, and is listed.',
        ],
      },
    ],
    go: { label: 'Open Access', href: '/access' },
  },
  {
    slug: 'review',
    title: 'Keep it fresh',
    lead: 'Once a month, look at the partners that need it. The list has an end and takes minutes.',
    parts: [
      {
        title: 'Why a partner is on the list',
        lines: [
          'It breaks a ground rule, one of its deals or an invitation is quiet, an invitation could not be delivered, or it is dormant with people who can still get in. Each row says its reason. There is no score.',
          'The numbers are those of the ground rules in Settings: "quiet after 14 days" counts for the partner, its deals and its invitations.',
        ],
      },
    ],
    go: { label: 'Open Review', href: '/review' },
  },
  {
    slug: 'problems',
    title: 'When something is refused',
    lead: 'A refusal says what was wrong, in which field, and what to do. Nothing is half saved.',
    parts: [
      {
        title: 'The usual ones',
        lines: [
          'Someone was faster: another person saved the same record first. Look at both values and choose.',
          'Not found: it was removed, or you have no access to it. Both look the same on purpose.',
          'Too many tries: wait a few minutes, then try again.',
        ],
      },
    ],
  },
]
