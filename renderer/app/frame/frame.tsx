// The frame around every screen: rail, top bar, palette, shortcuts. A client's colour and name stay in sight.
import './frame.css';
import { useDisclosure } from '@mantine/hooks';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { useAction } from '../../api/query.ts';
import { frame } from '../../text/frame.ts';
import { Toasts } from '../../ui/toasts.tsx';
import { useCurrentClient } from '../current-client.tsx';
import { ErrorBoundary } from '../error-boundary.tsx';
import { Routes } from '../routes.tsx';
import { StepUpDialog } from '../step-up-dialog.tsx';
import { CommandPalette } from './command-palette.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

export function Frame({ status }: { readonly status: OfficeStatus }) {
  const [location] = useLocation();
  const { client } = useCurrentClient();
  const lock = useAction('office', 'lock');
  const [helpOpened, help] = useDisclosure(false);
  const content = useRef<HTMLElement>(null);
  useShortcuts({ lock: () => lock.mutate({}), help: help.open });
  return (
    <div className="sr-frame" data-client={client?.colour}>
      <button type="button" className="sr-skip" onClick={() => content.current?.focus()}>
        {frame.skipToContent}
      </button>
      <Rail />
      <TopBar status={status} onLock={() => lock.mutate({})} onHelp={help.open} />
      <Notices status={status} />
      <main ref={content} className="sr-content" tabIndex={-1}>
        <ErrorBoundary resetKey={`${location} ${client?.id ?? ''}`}>
          <Routes />
        </ErrorBoundary>
      </main>
      <CommandPalette onLock={() => lock.mutate({})} onHelp={help.open} />
      <StepUpDialog status={status} />
      <Toasts />
      <ShortcutsDialog opened={helpOpened} onClose={help.close} />
    </div>
  );
}
