import { Eye, FileUp, Lock, RotateCw, X } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { fileSize } from '../../shell/file-words.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Composer } from '../../ui/composer.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useFileActs } from './file-acts.ts'
import { cancelSending, type Sending, sendAgain, sendFiles, useSending } from './sending.ts'
import './files.css'

type Props = {
  partner_id: string
  deal_id?: string
  called: string
  /** Why they would not see it yet, or null. */
  held: string | null
  /** A file of a deal that is not shared can only be the team's. */
  teamOnly?: boolean
  /** In the narrow column of a deal. */
  narrow?: boolean
  children?: ReactNode
}

/** Files are dropped here or chosen: for the team alone, unless the person turns it amber. Everything in it takes a drop. */
export function FileDrop({ partner_id, deal_id, called, held, teamOnly, narrow, children }: Props) {
  const [chosen, choose] = useState<'team' | 'partner'>('team')
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const { arrived } = useFileActs(called)
  const place = { partner_id, deal_id: deal_id ?? null }
  const sending = useSending(place)
  const audience = teamOnly ? 'team' : chosen
  const shared = audience === 'partner'

  const bring = (files: FileList | null) => {
    if (!files?.length) return
    sendFiles([...files], { ...place, audience }, arrived)
    choose('team')
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    bring(event.dataTransfer.files)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div
      role="group"
      aria-label="Add files"
      className="files-place ui-stack"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={onDrop}
    >
      <div className={classNames('files-drop', over && 'files-over')}>
        <Composer
          shared={shared}
          top={
            teamOnly ? null : (
              <Segmented
                label="Who can see these files"
                size={narrow ? 'small' : 'normal'}
                fill={narrow ?? false}
                value={audience}
                onChange={choose}
                options={[
                  { value: 'team', label: 'Team only', icon: <Lock /> },
                  { value: 'partner', label: `${called} can see this`, icon: <Eye />, tone: 'shared' },
                ]}
              />
            )
          }
          foot={
            <>
              <span role="status">{words({ shared, called, held, teamOnly })}</span>
              <Button
                variant={narrow ? 'plain' : 'primary'}
                size={narrow ? 'small' : 'normal'}
                onClick={() => input.current?.click()}
              >
                {shared ? 'Choose files to share' : 'Choose files'}
              </Button>
            </>
          }
        >
          <label className="files-target">
            <input
              ref={input}
              type="file"
              multiple
              tabIndex={-1}
              className="ui-vh"
              aria-label="Files to add"
              onChange={(event) => {
                bring(event.target.files)
                event.target.value = ''
              }}
            />
            <FileUp />
            <span>
              <b>Drop files here</b> <span className="files-limit">up to 25 MB each</span>
            </span>
          </label>
        </Composer>
      </div>
      {sending.length > 0 && (
        <ul className="files-sending" aria-label="On their way">
          {sending.map((one) => (
            <OnItsWay key={one.key} one={one} />
          ))}
        </ul>
      )}
      {children}
    </div>
  )
}

function words({ shared, called, held, teamOnly }: { shared: boolean } & Pick<Props, 'called' | 'held' | 'teamOnly'>) {
  if (teamOnly) return `Stays with your team: ${called} can't see this deal.`
  if (!shared) return 'Stays with your team. Nothing is emailed.'
  return held ?? `${called} can open it 10 seconds after it is here. Nothing is emailed.`
}

function OnItsWay({ one }: { one: Sending }) {
  const percent = Math.min(100, Math.floor((one.sent / Math.max(1, one.size)) * 100))
  const failed = one.state === 'failed'
  return (
    <li className={failed ? 'files-failed' : undefined}>
      <span className="files-sending-name ui-trunc">{one.name}</span>
      {failed ? (
        <span role="alert" className="files-problem">
          {one.problem}
        </span>
      ) : (
        <>
          <progress max={100} value={percent} aria-label={`Sending ${one.name}`} />
          <span className="ui-num ui-muted">
            {one.state === 'waiting'
              ? 'Waiting'
              : percent === 100
                ? 'Checking'
                : `${fileSize(one.sent)} of ${fileSize(one.size)}`}
          </span>
        </>
      )}
      {failed && !one.final && (
        <IconButton
          label={`Try ${one.name} again`}
          icon={<RotateCw />}
          size="small"
          onClick={() => sendAgain(one.key)}
        />
      )}
      <IconButton
        label={failed ? `Dismiss ${one.name}` : `Cancel ${one.name}`}
        icon={<X />}
        size="small"
        onClick={() => cancelSending(one.key)}
      />
    </li>
  )
}
