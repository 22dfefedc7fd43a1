// Handover: says what will belong here, and how to get a client's rows out until then. It offers nothing that does not work.
import './handover.css';
import { Button } from '@mantine/core';
import { PackageCheck } from 'lucide-react';
import { Link } from 'wouter';
import { handoverText as text } from '../../text/handover.ts';
import { EmptyState, Page } from '../../ui/page.tsx';

export function HandoverPage() {
  return (
    <Page title={text.title}>
      <EmptyState
        icon={PackageCheck}
        title={text.noneTitle}
        hint={
          <>
            <p>{text.noneHint}</p>
            <p>{text.meanwhile}</p>
            <pre className="sr-command sr-mono">{text.command}</pre>
          </>
        }
        action={
          <Button component={Link} to="/transactions" variant="default">
            {text.seeTransactions}
          </Button>
        }
      />
    </Page>
  );
}
