// Folders on another computer are told by file system, mount and path; local ones never.
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../electron/adapters/vault-files/file-system.ts';
import { createHeaderFiles } from '../../../electron/adapters/vault-files/header-files.ts';
import { createOfficeFolders } from '../../../electron/adapters/vault-files/office-folders.ts';
import { isRemoteFolder, type FolderSystem } from '../../../electron/adapters/vault-files/remote-folder.ts';

const MOUNTS = `22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:50 / /home/ada/far\\040away rw shared:1 - fuse.sshfs ada@server: rw
41 22 0:51 / /home/ada/far\\040away/usb rw - fuseblk /dev/sdb1 rw
`;
const linux = (type: number): FolderSystem => ({
  platform: 'linux',
  statfsType: () => type,
  mountInfo: () => MOUNTS,
});
const windows = { ...linux(0), platform: 'win32' } as const;

describe('isRemoteFolder', () => {
  it.each([
    ['NFS', 0x6969],
    ['SMB', 0x517b],
    ['CIFS', 0xff534d42],
    ['CIFS, signed', -11317950],
    ['SMB2', 0xfe534d42],
    ['9P', 0x01021997],
  ])('finds %s', (_name, type) => expect(isRemoteFolder('/mnt/office', linux(type))).toBe(true));

  it.each([
    ['ext4', 0xef53],
    ['btrfs', 0x9123683e],
    ['tmpfs', 0x01021994],
    ['XFS', 0x58465342],
  ])('takes %s for local', (_name, type) => expect(isRemoteFolder('/mnt/office', linux(type))).toBe(false));

  it('asks the mount where FUSE says nothing', () => {
    const fuse = linux(0x65735546);
    expect(isRemoteFolder('/home/ada/far away/office', fuse)).toBe(true);
    expect(isRemoteFolder('/home/ada/far away', fuse)).toBe(true);
    expect(isRemoteFolder('/home/ada/far away/usb/office', fuse)).toBe(false);
    expect(isRemoteFolder('/home/ada/far away from here', fuse)).toBe(false);
  });

  it.each([
    ['\\\\server\\share\\office', true],
    ['\\\\?\\UNC\\server\\share', true],
    ['\\\\?\\C:\\office', false],
    ['\\\\.\\C:\\office', false],
    ['C:\\office', false],
  ])('tells Windows paths apart: %s', (path, remote) => expect(isRemoteFolder(path, windows)).toBe(remote));

  it('says nothing on macOS, whose numbers it does not know', () => {
    expect(isRemoteFolder('/Volumes/office', { ...linux(0x6969), platform: 'darwin' })).toBe(false);
  });

  it('takes this computer’s own folder for temporary files as local, through the port', () => {
    const folders = createOfficeFolders(nodeFileSystem, createHeaderFiles(nodeFileSystem));
    expect(folders.isRemote(tmpdir())).toBe(false);
    expect(() => folders.isRemote('/nowhere/at/all')).toThrow(expect.objectContaining({ code: 'VAULT_IO' }));
  });
});
