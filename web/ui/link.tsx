import { type ComponentProps, createContext, type MouseEvent, use } from 'react'

type Navigation = { navigate?: (href: string) => void; preload?: (href: string) => void }

export const NavigationContext = createContext<Navigation>({})

/** A plain `<a>` that hands ordinary clicks on our own addresses to the navigation of UiProvider. */
export function Link({ href, onClick, onPointerEnter, onFocus, ...rest }: ComponentProps<'a'> & { href: string }) {
  const { navigate, preload } = use(NavigationContext)
  const ours = href.startsWith('/') && !href.startsWith('//') && !rest.download && (rest.target ?? '_self') === '_self'
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!navigate || !ours || !plain || event.defaultPrevented) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a
      {...rest}
      href={href}
      onClick={click}
      onPointerEnter={(event) => {
        onPointerEnter?.(event)
        if (ours) preload?.(href)
      }}
      onFocus={(event) => {
        onFocus?.(event)
        if (ours) preload?.(href)
      }}
    />
  )
}
