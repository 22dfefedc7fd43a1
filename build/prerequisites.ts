// Debian packages that the tests drive or compare with. As root on Debian they are installed; elsewhere what is missing is named.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runInherited } from './run.ts';

interface Prerequisite {
  readonly program: string;
  readonly debianPackage: string;
  /** What is skipped without it. */
  readonly skips: string;
}

const PREREQUISITES: readonly Prerequisite[] = [
  { program: 'chromium', debianPackage: 'chromium', skips: 'end-to-end tests, the window, screenshots' },
  { program: 'gnome-keyring-daemon', debianPackage: 'gnome-keyring', skips: 'tests on a real OS keychain' },
  { program: 'dbus-run-session', debianPackage: 'dbus', skips: 'tests on a real OS keychain' },
  { program: 'secret-tool', debianPackage: 'libsecret-tools', skips: 'tests on a real OS keychain' },
  { program: 'age', debianPackage: 'age', skips: 'backups opened by a foreign age' },
  { program: 'xmllint', debianPackage: 'libxml2-utils', skips: 'CAMT files against the ISO schemas' },
  { program: 'ofxdump', debianPackage: 'ofx', skips: 'OFX files read by a foreign reader' },
  { program: 'aqbanking-cli', debianPackage: 'aqbanking-tools', skips: 'MT940 files read by a foreign reader' },
  { program: 'hledger', debianPackage: 'hledger', skips: 'CSV files read by a foreign reader' },
];

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Installs what is missing where that is possible, and says what is skipped where it is not. */
export async function preparePrerequisites(): Promise<void> {
  const missing = PREREQUISITES.filter(({ program }) => !isOnPath(program));
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const packages = missing.map(({ debianPackage }) => debianPackage);
    await runInherited(['apt-get', 'update', '-qq']);
    await runInherited(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  for (const { program, skips } of PREREQUISITES.filter((one) => !isOnPath(one.program))) {
    console.log(`skipped without ${program}: ${skips}`);
  }
}
