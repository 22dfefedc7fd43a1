// A QR code drawn as one path: no image, no style. Always dark on white, so that every camera reads it.
import './qr-code.css';
import { encodeQR } from 'qr';
import { useMemo } from 'react';

/** Modules of white around the code that readers need. @see ISO/IEC 18004:2024 §6.3.8 */
const QUIET_ZONE = 4;

function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}

export interface QrCodeProps {
  readonly text: string;
  /** What the code holds, for screen readers. */
  readonly label: string;
}

export function QrCode({ text, label }: QrCodeProps) {
  const rows = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE }), [text]);
  return (
    <svg className="sr-qr" role="img" aria-label={label} viewBox={`0 0 ${rows.length} ${rows.length}`}>
      <rect className="sr-qr-paper" width={rows.length} height={rows.length} />
      <path className="sr-qr-code" d={pathOf(rows)} />
    </svg>
  );
}
