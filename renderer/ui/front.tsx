// The shape of screens before an office is open: first run and unlock. No rail, no data.
import './front.css';
import type { ReactNode } from 'react';
import { frame } from '../text/frame.ts';
import { Mark } from './mark.tsx';

export interface FrontProps {
  readonly title: string;
  readonly lead?: string;
  /** `narrow` for a single field, `wide` for forms with explanations beside. */
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
}

export function Front({ title, lead, width = 'wide', children }: FrontProps) {
  return (
    <main className="sr-front" data-width={width}>
      <div className="sr-front-column">
        <p className="sr-front-product sr-no-print">
          <Mark size={22} /> {frame.product}
        </p>
        <h1 className="sr-no-print">{title}</h1>
        {lead !== undefined && <p className="sr-front-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
