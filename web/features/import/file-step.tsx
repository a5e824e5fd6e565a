import { FileUp } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { startImport } from '#shared/imports.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { saveFile } from '../exports/save-file.ts'
import { pastedFile, refuseFile, templateFile } from './read-file.ts'

/** The sheet: dropped, chosen, or pasted. It is read and checked; nothing is added yet. */
export function FileStep({ onRead }: { onRead: (id: string) => void }) {
  const [reading, setReading] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const [pasted, setPasted] = useState('')

  const bring = async (file: File | undefined) => {
    if (!file || reading) return
    setReading(file.name)
    setProblem(null)
    const refused = await refuseFile(file).catch(() => 'This file cannot be read. It may have been moved.')
    if (refused) {
      setProblem(refused)
      setReading(null)
      return
    }
    try {
      const { id } = await call(startImport, { query: { file_name: file.name.slice(0, 200) }, body: file })
      onRead(id)
    } catch (error) {
      setProblem(error instanceof ApiProblem ? (error.field('file') ?? error.problem.detail) : 'That did not work.')
      setReading(null)
    }
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void bring(event.dataTransfer.files[0])
  }
  return (
    <div className="import-file">
      <label
        className={over ? 'import-drop import-drop-over' : 'import-drop'}
        aria-busy={reading !== null}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <input
          type="file"
          className="ui-vh"
          accept=".csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values"
          disabled={reading !== null}
          onChange={(event) => {
            const { files } = event.target
            void bring(files?.[0])
            event.target.value = ''
          }}
        />
        <FileUp />
        <b>{reading ? `Sending ${reading}` : 'Drop a sheet of your partners or deals, or choose one'}</b>
        <span className="ui-muted ui-cell">
          CSV or XLSX, headings in the first row, up to 50,000 rows and 20 MB. You check everything before it is added.
        </span>
      </label>
      {problem && (
        <Banner tone="danger" role="alert">
          {problem}
        </Banner>
      )}
      <form
        className="import-paste"
        onSubmit={(event) => {
          event.preventDefault()
          if (pasted.trim()) void bring(pastedFile(pasted))
          else setProblem('Paste some rows first.')
        }}
      >
        <Field label="Or paste rows from a spreadsheet" hint="With their headings.">
          <TextArea
            rows={4}
            spellCheck={false}
            className="import-pasted"
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
        </Field>
        <div className="ui-row ui-wrap">
          <Button type="submit" size="form" busy={reading !== null}>
            Read pasted rows
          </Button>
        </div>
      </form>
      <p className="ui-cell ui-muted">
        No sheet yet? Download a template for <TextButton onClick={() => template('partners')}>partners</TextButton> or{' '}
        <TextButton onClick={() => template('deals')}>deals</TextButton>, or{' '}
        <Link href={paths.help('add')}>read how importing works</Link>.
      </p>
    </div>
  )
}

const template = (kind: 'partners' | 'deals') => saveFile({ name: `${kind}-template.csv`, blob: templateFile(kind) })
