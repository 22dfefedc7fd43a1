// The screens in the rail's order: their address, their icon and the key that goes there. Their wording is in text/frame.ts.
import {
  ArchiveRestore,
  Building2,
  FileCheck2,
  FileInput,
  LayoutList,
  PackageCheck,
  PlugZap,
  Rows3,
  Settings,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react';
import type { frame } from '../text/frame.ts';

export type PageName = keyof typeof frame.pages;

export interface PageEntry {
  readonly name: PageName;
  readonly path: string;
  readonly icon: LucideIcon;
  /** Pressed after `g`. */
  readonly key: string;
}

function page(name: PageName, icon: LucideIcon, key: string): PageEntry {
  return { name, path: `/${name}`, icon, key };
}

export const PAGES: readonly PageEntry[] = [
  page('overview', LayoutList, 'o'),
  page('transactions', Rows3, 't'),
  page('accounts', Building2, 'a'),
  page('statements', FileCheck2, 's'),
  page('connections', PlugZap, 'c'),
  page('import', FileInput, 'i'),
  page('handover', PackageCheck, 'h'),
  page('security', ShieldCheck, 'e'),
  page('backups', ArchiveRestore, 'b'),
  page('settings', Settings, ','),
];
