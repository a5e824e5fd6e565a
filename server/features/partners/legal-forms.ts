/** Words that say what kind of legal body a company is. They come off the end of a name, one after another. */
export const legalForms = new Set(
  `inc incorporated corp corporation co company llc llp lllp lp ltd limited plc pllc pty proprietary pvt private pte bhd sdn
  gmbh ggmbh mbh ag kg kgaa ohg gbr ug eg ev ek se haftungsbeschrankt
  sa sas sasu sarl eurl snc sci scop sca selarl sl slu sau slne sll srl srls spa sapa
  bv nv vof bvba cvba sprl ab aktiebolag hb kb oy oyj ky tmi as asa ans aps ivs amba
  sro spzoo zoo kft zrt nyrt doo dd jdoo eood ood ead ltda eireli lda unipessoal uab sia ou
  kk gk yk fze fzco fzllc wll sti sirketi`.split(/\s+/),
)

/** Forms written in several words; each is looked for at the end, longest first. */
export const longForms = [
  's de rl de cv',
  'sapi de cv',
  'srl de cv',
  'sa de cv',
  'kabushiki kaisha',
  'kabushiki gaisha',
  'godo kaisha',
  'godo gaisha',
  'yugen kaisha',
  'besloten vennootschap',
  'sociedad anonima',
  'sociedad limitada',
  'societe anonyme',
  'sp z oo',
  'spol sro',
  'anonim sirketi',
  'limited sirketi',
].map((form) => form.split(' '))

/** Forms that stand in front of the name. */
export const leadingForms = new Set(['kk', 'gk', 'pt', 'ooo', 'oao', 'zao', 'pao', 'uab', 'sia', 'the'])

/** Written without spaces before or after the name. */
export const attachedForms =
  /株式会社|有限会社|合同会社|合資会社|合名会社|股份有限公司|有限公司|주식회사|\((?:株|有|同|합|주)\)/gu

const markers =
  'old|alt|dup|dupe|duplicate|copy|kopie|doppelt|dublette|doublon|duplicado|ancien|ancienne|antiguo|antigua|vecchio|formerly|former|ehemals|deprecated|inactive|archived|obsolete|do not use|nicht verwenden|旧|重複'

/** "(old)", "[duplicate]" and the like: somebody's mark, not part of the name. */
export const staleMarks = new RegExp(`[([{]\\s*(?:${markers})\\s*[?!.]*\\s*[)\\]}]|^(?:old|alt)\\s*[-:]\\s`, 'giu')
