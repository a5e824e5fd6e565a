import { type ComponentProps, cloneElement, type MouseEvent, type ReactElement, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'
import { Link } from './link.tsx'
import { Tooltip } from './tooltip.tsx'
import './button.css'

export type ButtonProps = ComponentProps<'button'> & {
  variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  size?: 'normal' | 'small' | 'form'
  icon?: ReactNode
  keys?: string
  href?: string
  render?: ReactElement
  busy?: boolean
  reason?: string
  grow?: boolean
}

/**
 * A button, or a link that looks like one (`href`, or `render` for an element of your own). With `reason` it stays
 * focusable, does nothing, and says why. With `busy` it ignores presses and keeps its width.
 */
export function Button(props: ButtonProps) {
  const { variant = 'plain', size = 'normal', icon, keys, href, render, busy, reason, grow, ...rest } = props
  const { className, children, onClick, ...attributes } = rest
  const off = Boolean(reason) || busy
  const shared = {
    ...attributes,
    className: classNames(
      'ui-button',
      `ui-${variant}`,
      size !== 'normal' && `ui-${size}`,
      grow && 'ui-grow',
      className,
    ),
    'aria-disabled': off || attributes['aria-disabled'],
    'aria-busy': busy || undefined,
    onClick: off ? (event: MouseEvent) => event.preventDefault() : onClick,
    children: (
      <>
        {icon}
        {children}
        {keys && <Kbd keys={keys} />}
      </>
    ),
  }
  const element = draw(shared, off ? undefined : href, off ? undefined : render)
  return reason ? (
    <Tooltip content={reason} describe>
      {element}
    </Tooltip>
  ) : (
    element
  )
}

/** A button (or link with `href`) that looks like a link: card headers, one-click suggestions. */
export function TextButton({ href, className, ...rest }: ComponentProps<'button'> & { href?: string }) {
  return draw({ ...rest, className: classNames('ui-link', className) }, href)
}

function draw(props: object, href?: string, render?: ReactElement) {
  if (render) return cloneElement(render, props)
  if (href !== undefined) return <Link {...(props as ComponentProps<'a'>)} href={href} />
  return <button type="button" {...props} />
}
