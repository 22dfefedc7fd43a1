// The shape of a screen: heading with actions, sections, empty state, skeleton. No screen invents its own.
import './page.css';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ui } from '../text/common.ts';

export interface PageProps {
  readonly title: string;
  /** One line under the title. */
  readonly lead?: ReactNode;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  /** `fill`: the screen's own list scrolls, not the page. */
  readonly layout?: 'scroll' | 'fill';
  readonly children: ReactNode;
}

export function Page({ title, lead, actions, layout = 'scroll', children }: PageProps) {
  return (
    <div className="sr-page" data-layout={layout}>
      <PageHeader title={title} lead={lead} actions={actions} />
      {children}
    </div>
  );
}

export function PageHeader({ title, lead, actions }: Pick<PageProps, 'title' | 'lead' | 'actions'>) {
  return (
    <header className="sr-page-header">
      <div className="sr-page-heading">
        <h1>{title}</h1>
        {lead !== undefined && <p className="sr-quiet">{lead}</p>}
      </div>
      {actions !== undefined && <div className="sr-page-actions sr-no-print">{actions}</div>}
    </header>
  );
}

export interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a screen. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="sr-section">
      <header className="sr-section-header">
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  /** What belongs here. */
  readonly title: string;
  /** How to get it. */
  readonly hint: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, hint, action }: EmptyStateProps) {
  return (
    <div className="sr-empty">
      <Icon aria-hidden="true" size={22} strokeWidth={1.6} />
      <p className="sr-empty-title">{title}</p>
      <div className="sr-empty-hint">{hint}</div>
      {action}
    </div>
  );
}

export interface SkeletonProps {
  readonly rows?: number;
  /** What is being loaded, for screen readers. */
  readonly label?: string;
}

/** Grey lines where rows will be. */
export function Skeletons({ rows = 8, label = ui.loading }: SkeletonProps) {
  return (
    <div className="sr-skeletons" role="status" aria-label={label} data-loading="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="sr-skeleton" />
      ))}
    </div>
  );
}
