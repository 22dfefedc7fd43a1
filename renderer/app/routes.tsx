// Which address shows which screen. Each screen is loaded when it is first opened.
import { SearchX } from 'lucide-react';
import { lazy, Suspense, type ComponentType } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { frame } from '../text/frame.ts';
import { EmptyState, Page, Skeletons } from '../ui/page.tsx';
import { PAGES, type PageName } from './pages.ts';

function screen<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }));
}

const SCREENS: Readonly<Record<PageName, ComponentType>> = {
  overview: screen(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
  transactions: screen(() => import('../features/transactions/transactions-page.tsx'), 'TransactionsPage'),
  accounts: screen(() => import('../features/accounts/accounts-page.tsx'), 'AccountsPage'),
  statements: screen(() => import('../features/statements/statements-page.tsx'), 'StatementsPage'),
  connections: screen(() => import('../features/connections/connections-page.tsx'), 'ConnectionsPage'),
  import: screen(() => import('../features/import/import-page.tsx'), 'ImportPage'),
  handover: screen(() => import('../features/handover/handover-page.tsx'), 'HandoverPage'),
  security: screen(() => import('../features/security/security-page.tsx'), 'SecurityPage'),
  backups: screen(() => import('../features/backups/backups-page.tsx'), 'BackupsPage'),
  settings: screen(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
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
  const [location] = useLocation();
  const name = PAGES.find(({ path }) => path === location)?.name;
  return (
    <Page title={name === undefined ? frame.product : frame.pages[name]}>
      <Skeletons rows={10} />
    </Page>
  );
}
