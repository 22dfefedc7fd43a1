// Tells a folder on another computer from one on this one's disks, where the system says it. It connects to nothing.
import { readFileSync, statfsSync } from 'node:fs';

/** What the system knows of a place. */
export interface FolderSystem {
  readonly platform: NodeJS.Platform;
  /** The file system's number as Linux has it. @see statfs(2) */
  statfsType(path: string): number;
  /** Linux's own table of mounts. @see proc_pid_mountinfo(5) */
  mountInfo(): string;
}

const nodeFolderSystem: FolderSystem = {
  platform: process.platform,
  statfsType: (path) => statfsSync(path).type,
  mountInfo: () => readFileSync('/proc/self/mountinfo', 'utf8'),
};

/** NFS, SMB, CIFS, SMB2, 9P, Ceph, AFS, Coda. @see Linux include/uapi/linux/magic.h */
const REMOTE_TYPES = [0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x00c36400, 0x5346414f, 0x73757245];
const FUSE = 0x65735546;
/** FUSE carries local and remote file systems alike; the mount's own type says which. */
const REMOTE_FUSE =
  /^fuse\.(?:sshfs|rclone|davfs2?|s3fs|glusterfs|ceph|smbnetfs|curlftpfs|gvfsd-fuse|google-drive-ocamlfuse|onedriver)$/;

/** Paths in the table have blanks and backslashes as octal escapes. */
const unescapePath = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_match, digits: string) => String.fromCharCode(parseInt(digits, 8)));

/** The type of the innermost mount that holds the path. */
function mountTypeOf(path: string, mountInfo: string): string {
  let [longest, type] = [-1, ''];
  for (const line of mountInfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const point = unescapePath(before?.split(' ')[4] ?? '');
    const holds = path === point || path.startsWith(point === '/' ? '/' : `${point}/`);
    if (after === undefined || !holds || point.length < longest) continue;
    [longest, type] = [point.length, after.split(' ')[0] ?? ''];
  }
  return type;
}

/** `\\server\share`, also in its long form; `\\?\C:\` and `\\.\` are this computer. A share behind a drive letter does not show. */
const isUncPath = (path: string): boolean => /^(?:\\\\\?\\UNC\\|\\\\(?![?.]\\))/i.test(path);

/**
 * True where the path, free of links, lies on another computer. macOS numbers its file systems differently from release to release, so there
 * it is never said. Throws what `node:fs` throws.
 */
export function isRemoteFolder(path: string, system: FolderSystem = nodeFolderSystem): boolean {
  if (system.platform === 'win32') return isUncPath(path);
  if (system.platform !== 'linux') return false;
  // 32-bit numbers come signed on some systems.
  const type = system.statfsType(path) >>> 0;
  return REMOTE_TYPES.includes(type) || (type === FUSE && REMOTE_FUSE.test(mountTypeOf(path, system.mountInfo())));
}
