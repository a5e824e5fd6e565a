import type { importFields } from '#shared/imports.ts'

type ImportField = (typeof importFields)[number]

/** What columns are called, field by field, in the languages our sheets come in; written folded (no accents, lower case). */
export const headingWords: Record<ImportField | 'skip', string> = {
  skip: `open deals,team access,works with,created by,archived on,archived at,needs attention,attention,sichtbar fur,region,land,country,city,address,street,zip,postcode,territory,last touch,last contact,last contacted,last activity,last call,last meeting,last touched,
    last update,last updated,next step,created,created at,created on,modified,updated,id,no,nr,#,fax,revenue,score,tier,industry,language,vat,vat id,tax id,
    stadt,ort,gebiet,letzter kontakt,letzte aktivitat,letzte beruhrung,zuletzt kontaktiert,strasse,plz,umsatz,branche,sprache,erstellt am,
    pays,ville,dernier contact,derniere activite,dernier echange,adresse,adresse postale,code postal,chiffre d affaires,secteur,langue,cree le,
    pais,ciudad,ultimo contacto,ultima actividad,direccion,zona,facturacion,sector,idioma,regione,paese,citta,ultimo contatto,regiao,cidade,
    地域,国,エリア,地区,住所,都道府県,最終連絡,最終連絡日,最終接触,最終接触日,最終更新,最終更新日,最終コンタクト,番号,売上,ファックス,業種`,
  other_contacts: `other contacts,additional contacts,more contacts,further contacts,secondary contacts,other people,other contact,second contact,secondary contact,cc,
    weitere kontakte,weitere ansprechpartner,andere kontakte,zusatzliche kontakte,sonstige kontakte,weitere personen,
    autres contacts,contacts supplementaires,contacts secondaires,autres interlocuteurs,autre contact,
    otros contactos,contactos adicionales,mas contactos,contactos secundarios,otras personas,altri contatti,outros contatos,andere contacten,
    その他の連絡先,その他連絡先,その他の担当者,その他担当者,他の担当者,他の連絡先,追加の連絡先,副担当者,その他関係者`,
  email: `email,e mail,mail,email address,e mail address,contact email,emailadresse,e mail adresse,mailadresse,courriel,mel,adresse e mail,adresse email,adresse mail,
    adresse electronique,correo,correo electronico,e mail del contacto,posta elettronica,メール,メールアドレス,eメール,電子メール`,
  phone: `phone,tel,telephone,mobile,cell,phone number,telephone number,call,telefon,telefonnummer,rufnummer,handy,mobil,mobilnummer,
    portable,numero de telephone,telefono,movil,numero de telefono,telefone,telefoon,cellulare,電話,電話番号,携帯,携帯電話`,
  website: `website,web site,web,url,homepage,home page,site,domain,link,www,web address,webseite,internetseite,internet,internetadresse,webadresse,
    site web,site internet,adresse web,domaine,sitio web,pagina web,sitio,dominio,sito web,sito,ウェブサイト,webサイト,ホームページ,サイト,hp,リンク,ドメイン,ウェブ`,
  owner: `owner,our owner,account owner,account manager,partner manager,channel manager,relationship owner,rep,internal owner,our contact,our side,managed by,responsible,
    am,pam,cam,csm,assigned to,our lead,our person,looked after by,
    verantwortlich,verantwortlicher,verantwortliche,zustandig,betreuer,betreut von,inhaber,unser ansprechpartner,interner ansprechpartner,bearbeiter,kundenbetreuer,partnerbetreuer,
    partnermanager,unser kontakt,unser verantwortlicher,unser betreuer,bei uns,
    responsable,notre responsable,proprietaire,suivi par,gestionnaire,charge de compte,notre contact,commercial,chez nous,notre referent,
    propietario,encargado,gestor,nuestro responsable,a cargo de,nuestro contacto,ejecutivo,responsable interno,responsabile,responsavel,eigenaar,
    担当,自社担当,自社担当者,当社担当,当社担当者,弊社担当,弊社担当者,営業担当,営業担当者,担当営業,社内担当,社内担当者,オーナー,責任者`,
  agreement_signed: `agreement signed,agreement date,contract date,signed,signed on,date signed,contract signed,agreement,start date,partner since,since,contract,signature date,onboarded on,joined,
    signing date,effective date,vertragsdatum,vertrag vom,vertrag unterzeichnet,unterzeichnet am,unterzeichnet,vertragsbeginn,partner seit,vertrag,unterschrieben,unterschrieben am,
    vertragsabschluss,abschlussdatum,seit,vertrag seit,date du contrat,contrat signe,contrat signe le,date de signature,signature,signe le,accord signe,accord signe le,contrat,accord,depuis,date d accord,
    partenaire depuis,fecha de contrato,fecha de firma,firmado,firmado el,contrato firmado,acuerdo firmado,fecha del acuerdo,fecha del contrato,contrato,firma del contrato,acuerdo,desde,socio desde,
    data contratto,data do contrato,契約日,契約締結日,締結日,契約開始日,署名日,契約,契約書`,
  status: `status,state,stage,phase,lifecycle,partner status,zustand,stand,stufe,partnerstatus,statut,etat,etape,situation,estado,situacion,estatus,fase,etapa,stato,
    situacao,状態,ステータス,状況,契約状況,進捗`,
  type: `type,kind,category,partner type,partnership,partnership type,relationship,partner kind,partner category,model,program,programme,typ,art,kategorie,partnertyp,partnerart,
    art der partnerschaft,kanal,categorie,type de partenaire,type de partenariat,genre,nature,partenariat,tipo,categoria,tipo de socio,tipo de partner,clase,tipo di partner,soort,
    種別,種類,区分,タイプ,カテゴリ,分類,形態,パートナー種別,パートナー区分`,
  tags: `tags,tag,labels,label,keywords,schlagworte,schlagworter,etiketten,etiquettes,mots cles,etiquetas,タグ,ラベル`,
  notes: `notes,note,comments,comment,remarks,remark,memo,info,details,background,notizen,notiz,bemerkung,bemerkungen,kommentar,kommentare,anmerkung,anmerkungen,hinweis,hinweise,
    remarques,remarque,commentaires,commentaire,observations,notas,nota,comentarios,comentario,observaciones,osservazioni,opmerkingen,備考,メモ,コメント,注記,特記事項,ノート,摘要`,
  description: `description,about,about them,what they do,beschreibung,kurzbeschreibung,descripcion,descrizione,descricao,omschrijving,説明,概要,事業内容`,
  works_via: `works via,working via,works through,collaboration via,zusammenarbeit uber,arbeitet uber,travaille via,collabore via,trabaja por,trabaja via,連携方法,利用方法`,
  contact_title: `title,job title,contact title,position,job,funktion,titel,jobtitel,position des ansprechpartners,fonction,poste,titre,cargo,puesto,qualifica,cargo do contato,functie,役職,肩書,肩書き,部署,職位`,
  contact_role: `role,contact role,main contact role,rolle,kontaktrolle,rolle des ansprechpartners,role du contact,rol,rol del contacto,ruolo,役割,担当区分`,
  contact_name: `main contact,contact,contact name,contact person,primary contact,poc,point of contact,key contact,person,their contact,first name,last name,surname,family name,
    ansprechpartner,ansprechpartnerin,ansprechperson,kontakt,kontaktperson,hauptansprechpartner,hauptkontakt,name des ansprechpartners,vorname,nachname,
    interlocuteur,contact principal,personne de contact,nom du contact,referent,prenom,contacto,persona de contacto,contacto principal,nombre de contacto,nombre del contacto,apellido,apellidos,
    referente,contatto,contato,contactpersoon,担当者,担当者名,ご担当者,連絡先,窓口,先方担当,先方担当者,主担当者,氏名,お名前,主な連絡先,主要連絡先,担当者氏名,姓,名`,
  legal_name: `partner name,partner,company,company name,legal name,organisation,organization,account,account name,business,business name,firm,firm name,name of partner,partner company,vendor,
    firma,firmenname,unternehmen,unternehmensname,partnername,partnerfirma,gesellschaft,name der firma,firmierung,vertragspartner,
    societe,entreprise,raison sociale,partenaire,nom du partenaire,nom de la societe,nom de l entreprise,
    empresa,razon social,socio,compania,nombre de la empresa,nombre del socio,nombre de empresa,organizacion,nombre del partner,azienda,ragione sociale,societa,razao social,parceiro,bedrijf,bedrijfsnaam,
    会社名,企業名,社名,パートナー名,取引先,取引先名,法人名,会社,企業,パートナー,パートナー企業,パートナー企業名,代理店名`,
}

/** Words for a name of any kind: a company's where no other column says so. */
export const bareName = new Set('name nom nombre nome naam bezeichnung 名前 名称'.split(' '))

export const familyNameHeadings = new Set('last name,surname,family name,nachname,apellido,apellidos,姓'.split(','))
export const givenNameHeadings = new Set('first name,given name,vorname,prenom,名'.split(','))
