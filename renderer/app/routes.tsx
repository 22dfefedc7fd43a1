// Which address shows which screen. Each screen is loaded when it is first opened.
import { SearchX } from 'lucide-react';
import { lazy, Suspense, type ComponentType } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { frame } from '../text/frame.ts';
import { EmptyState, Page, Skeletons } from '../ui/page.tsx';
import type { PageName } from './pages.ts';

const modules = import.meta.glob<Record<string, ComponentType>>('../features/*/*-page.tsx');

function screen(path: string, name: string) {
  const load = modules[path];
  return lazy(async () => ({ default: (load === undefined ? undefined : (await load())[name]) ?? Waiting }));
}

const SCREENS: Readonly<Record<PageName, ComponentType>> = {
  overview: screen('../features/overview/overview-page.tsx', 'OverviewPage'),
  transactions: screen('../features/transactions/transactions-page.tsx', 'TransactionsPage'),
  accounts: screen('../features/accounts/accounts-page.tsx', 'AccountsPage'),
  statements: screen('../features/statements/statements-page.tsx', 'StatementsPage'),
  connections: screen('../features/connections/connections-page.tsx', 'ConnectionsPage'),
  import: screen('../features/import/import-page.tsx', 'ImportPage'),
  handover: screen('../features/handover/handover-page.tsx', 'HandoverPage'),
  security: screen('../features/security/security-page.tsx', 'SecurityPage'),
  backups: screen('../features/backups/backups-page.tsx', 'BackupsPage'),
  settings: screen('../features/settings/settings-page.tsx', 'SettingsPage'),
};

export function Routes() {
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        {Object.entries(SCREENS).map(([name, Screen]) => (
          <Route key={name} path={`/${name}`} component={Screen} />
        ))}
        <Route path="/">
          <Redirect to="/overview" replace />
        </Route>
        <Route>
          <Page title={frame.missing.title}>
            <EmptyState icon={SearchX} title={frame.missing.title} hint={frame.missing.hint} />
          </Page>
        </Route>
      </Switch>
    </Suspense>
  );
}

function Waiting() {
  return (
    <div className="sr-page">
      <Skeletons rows={10} />
    </div>
  );
}
