// The recovery kit on paper: a PDF with the groups and a QR code of them.
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';

export interface KitDocument {
  /** The bytes of an A4 PDF. */
  render(kit: RecoveryKit): Promise<Uint8Array>;
}
