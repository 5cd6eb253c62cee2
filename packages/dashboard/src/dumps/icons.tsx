import type { ComponentChildren } from 'preact'

function Icon({ children, filled = false }: { children: ComponentChildren; filled?: boolean }) {
  return (
    <svg
      class="dumps-icon"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const PinIcon = ({ filled }: { filled: boolean }) => (
  <Icon filled={filled}>
    <path d="M7 3h6l-1 5.5 2.5 2.5v1.5h-9V11L8 8.5 7 3ZM10 12.5V17" />
  </Icon>
)

export const ArchiveIcon = () => (
  <Icon>
    <path d="M10 3v9m-3.5-3.5L10 12l3.5-3.5M3.5 13.5v3h13v-3" />
  </Icon>
)
