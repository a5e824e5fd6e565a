import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'
import { Tooltip } from './tooltip.tsx'

type Props = Omit<ButtonProps, 'children' | 'icon' | 'variant'> & {
  label: string
  icon: ReactNode
  variant?: 'quiet' | 'plain'
}

/** A button that shows only an icon. The label is its name and its tooltip. */
export function IconButton({ label, icon, keys, variant = 'quiet', className, ...rest }: Props) {
  const button = (
    <Button
      {...rest}
      variant={variant}
      className={classNames('ui-icon-only', className)}
      aria-label={label}
      icon={icon}
    />
  )
  if (rest.reason) return button
  return (
    <Tooltip
      content={
        <>
          {label} {keys && <Kbd keys={keys} />}
        </>
      }
    >
      {button}
    </Tooltip>
  )
}
