// A plain table for a few dozen rows, printed as it is. Longer lists use DataTable.
import './table.css';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';

export interface TableProps {
  readonly label: string;
  readonly head: readonly { readonly text: string; readonly align?: 'end' }[];
  /** `<tr>` elements. */
  readonly children: ReactNode;
}

/** Whether the element is wider than its place: then the keyboard must be able to scroll it. */
function useOverflowing(element: RefObject<HTMLElement | null>): boolean {
  const [overflowing, setOverflowing] = useState(false);
  useEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => setOverflowing(box.scrollWidth > box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return overflowing;
}

export function Table({ label, head, children }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const overflowing = useOverflowing(scroller);
  return (
    <div
      ref={scroller}
      className="sr-table-scroll"
      {...(overflowing ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      <table className="sr-table" aria-label={label}>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column.text} scope="col" data-align={column.align}>
                {column.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
