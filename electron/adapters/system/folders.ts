// Where this program keeps its office, its log and suggests backups, a case a system. It creates nothing.
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

export interface Folders {
  /** The office's folder. */
  readonly office: string;
  readonly logs: string;
  readonly documents: string;
}

export interface FolderSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

const HERE: FolderSearch = { platform: process.platform, environment: process.env, home: homedir() };

/** The user's own folders as the system names them; on Linux by the XDG Base Directory Specification. */
export function systemFolders({ platform, environment, home }: FolderSearch = HERE): Folders {
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local');
    const data = win32.join(local, 'Strongroom');
    return {
      office: win32.join(data, 'office'),
      logs: win32.join(data, 'logs'),
      documents: win32.join(home, 'Documents'),
    };
  }
  const documents = posix.join(home, 'Documents');
  if (platform === 'darwin') {
    const library = posix.join(home, 'Library');
    const office = posix.join(library, 'Application Support', 'Strongroom', 'office');
    return { office, logs: posix.join(library, 'Logs', 'Strongroom'), documents };
  }
  const data = environment['XDG_DATA_HOME'] ?? posix.join(home, '.local', 'share');
  const state = environment['XDG_STATE_HOME'] ?? posix.join(home, '.local', 'state');
  return { office: posix.join(data, 'strongroom', 'office'), logs: posix.join(state, 'strongroom'), documents };
}
