// The program's mark: the wheel of a strongroom door.
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="12" cy="12" r="10.25" strokeWidth="1.5" />
      <circle cx="12" cy="12" r="3.25" strokeWidth="1.75" />
      <path strokeWidth="1.75" strokeLinecap="round" d="M12 8.75V4.5M12 19.5v-4.25M15.25 12h4.25M4.5 12h4.25" />
    </svg>
  );
}
