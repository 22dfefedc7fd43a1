// The drill: open any backup file with the kit on paper or its passphrase, and see that it would come back. It writes nothing.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { backups as words } from '../../text/backups.ts';
import { BackupOpener } from '../../ui/backup-opener.tsx';
import { Section } from '../../ui/page.tsx';

export function InspectBackup() {
  const [open, setOpen] = useState(false);
  return (
    <Section title={words.drill}>
      <div className="sr-drill">
        <div className="sr-drill-text">
          <p>{words.drillHint}</p>
          <p className="sr-quiet">{words.restoreHint}</p>
          {!open && (
            <Button variant="default" onClick={() => setOpen(true)}>
              {words.drillStart}
            </Button>
          )}
        </div>
        {open && <BackupOpener onOpened={() => undefined} />}
      </div>
    </Section>
  );
}
