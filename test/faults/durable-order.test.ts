// A kill loses no page of the system's cache, a power cut does: nothing of ours gets its name before its content is durable, and a name counts
// once its folder is. The calls are followed, and `fsync` itself is seen once.
import type * as NodeFs from 'node:fs';
import { existsSync, fstatSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { rewriteDatabase } from '../../electron/adapters/sqlite/rewrite-database.ts';
import { createEvidenceFiles } from '../../electron/adapters/vault-files/evidence-files.ts';
import { nodeFileSystem, type FileSystem } from '../../electron/adapters/vault-files/file-system.ts';
import { createOfficeFolders } from '../../electron/adapters/vault-files/office-folders.ts';
import { createHeaderFiles } from '../../electron/adapters/vault-files/header-files.ts';
import {
  nodePublishing,
  writeUnpublished,
  type PublishingFiles,
} from '../../electron/adapters/vault-files/publish-file.ts';
import { replaceFile } from '../../electron/adapters/vault-files/replace-file.ts';
import { createPhotographer, namesIn } from './photographs.ts';

const fsynced = vi.hoisted(() => ({ inodes: [] as number[] }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof NodeFs>();
  return {
    ...real,
    fsyncSync: (file: number) => {
      fsynced.inodes.push(real.fstatSync(file).ino);
      real.fsyncSync(file);
    },
  };
});

let root = '';
let directory = '';
const at = (name: string): string => join(directory, name);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strongroom-order-'));
  directory = join(root, 'office');
  mkdirSync(directory);
  fsynced.inodes.length = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

/** What a power cut would still take, by path: contents not synced and names whose folder was not. */
function createFollower() {
  const [contents, names] = [new Set<string>(), new Set<string>()];
  const within = (paths: Set<string>, path: string): string[] =>
    [...paths].filter((one) => one === path || one.startsWith(`${path}${sep}`));

  const follower = {
    began: (path: string): void => {
      contents.add(path);
      names.add(path);
    },
    made: (path: string): void => {
      for (let folder = path; !existsSync(folder); folder = dirname(folder)) names.add(folder);
    },
    synced: (path: string): void => void contents.delete(path),
    folderSynced: (path: string): void => {
      for (const name of names) if (dirname(name) === path) names.delete(name);
    },
    /** The moment that counts: what gets another name is durable, with all that is in it. */
    named: (from: string, to: string): void => {
      expect(within(contents, from).map((path) => basename(path))).toEqual([]);
      expect(within(names, from).filter((path) => path !== from)).toEqual([]);
      names.delete(from);
      names.add(to);
    },
    removed: (path: string): void => {
      for (const paths of [contents, names]) for (const one of within(paths, path)) paths.delete(one);
    },
    /** Names and contents that were not durable in the end. */
    open: (): string[] => [...contents, ...names].map((path) => basename(path)),
  };
  return follower;
}
type Follower = ReturnType<typeof createFollower>;

function followed({ began, made, synced, folderSynced, named, removed }: Follower): FileSystem {
  const files = nodeFileSystem;
  return {
    ...files,
    makeDirectory: (path) => (made(path), files.makeDirectory(path)),
    write: (path, bytes) => (began(path), files.write(path, bytes)),
    copy: (from, to) => (began(to), files.copy(from, to)),
    sync: (path) => (files.sync(path), synced(path)),
    syncDirectory: (path) => (files.syncDirectory(path), folderSynced(path)),
    rename: (from, to) => (named(from, to), files.rename(from, to)),
    remove: (path) => (files.remove(path), removed(path)),
  };
}

function followedPublishing({ began, synced, folderSynced, named, removed }: Follower): PublishingFiles {
  const [files, paths] = [nodePublishing, new Map<FileHandle, string>()];
  const pathOf = (file: FileHandle): string => paths.get(file) ?? expect.fail('a file nobody made');
  return {
    ...files,
    create: async (path) => {
      const file = await files.create(path);
      paths.set(file, path);
      began(path);
      return file;
    },
    write: async (file, chunk) => {
      began(pathOf(file));
      await files.write(file, chunk);
    },
    sync: async (file) => {
      await files.sync(file);
      synced(pathOf(file));
    },
    link: async (from, to) => (named(from, to), await files.link(from, to)),
    rename: async (from, to) => (named(from, to), await files.rename(from, to)),
    remove: async (path) => (await files.remove(path), removed(path)),
    syncDirectory: (path) => (files.syncDirectory(path), folderSynced(path)),
  };
}

describe('durable before it is named, and named before it counts', () => {
  it('a replaced file', () => {
    const follower = createFollower();
    replaceFile(followed(follower), at('file'), Buffer.from('new'));
    expect(follower.open()).toEqual([]);
  });

  it('a backup or a kit', async () => {
    const follower = createFollower();
    async function* content(): AsyncGenerator<Uint8Array> {
      for (const text of ['one ', 'two']) yield await Promise.resolve(Buffer.from(text));
    }
    const written = await writeUnpublished(at('backup.age'), content(), followedPublishing(follower));
    await written.publish();
    expect(follower.open()).toEqual([]);
  });

  it('copies of evidence', () => {
    for (const name of ['header.json', 'header.previous.json']) writeFileSync(at(name), name);
    const follower = createFollower();
    createEvidenceFiles(followed(follower)).keep(directory, 'header');
    expect(follower.open()).toEqual([]);
  });

  it('a database under its next key', () => {
    const [key, nextKey, path] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2), at('office.db')];
    openDatabase({ path, key, mode: 'create' }).close();
    const follower = createFollower();
    follower.began(`${path}.next`);
    const remove = (gone: string): void => nodeFileSystem.remove(gone);
    rewriteDatabase({ ...followed(follower), remove }, { path, key, nextKey });
    expect(follower.open()).toEqual([]);
  });

  it('the folder of a new or restored office', () => {
    const follower = createFollower();
    const files = followed(follower);
    const folders = createOfficeFolders(files, createHeaderFiles(files));
    folders.publish(folders.stage(join(root, 'restored')), join(root, 'restored'));
    expect(follower.open()).toEqual([]);
  });
});

describe('the system’s own', () => {
  it('file and folder are synced, not only asked for', async () => {
    writeFileSync(at('file'), 'text');
    nodeFileSystem.sync(at('file'));
    nodeFileSystem.syncDirectory(directory);
    const folders = process.platform === 'win32' ? [] : [statSync(directory).ino];
    expect(fsynced.inodes).toEqual([statSync(at('file')).ino, ...folders]);
    const file = await nodePublishing.create(at('backup.age'));
    const sync = vi.spyOn(file, 'sync');
    await nodePublishing.sync(file);
    expect(sync).toHaveBeenCalledOnce();
    expect(fstatSync(file.fd).ino).toBe(statSync(at('backup.age')).ino);
    await file.close();
  });
});

describe('a kill at every step', () => {
  it('of a copy of evidence leaves no half copy that the next one takes for whole', async () => {
    const album = join(root, 'album');
    mkdirSync(album);
    const names = ['header.json', 'header.previous.json'];
    for (const name of names) writeFileSync(at(name), name);
    const photographer = createPhotographer(directory, album);
    const files = photographer.watch(nodeFileSystem, ['makeDirectory', 'copy', 'sync', 'rename', 'syncDirectory']);
    await photographer.during(() => Promise.resolve(createEvidenceFiles(files).keep(directory, 'header')));
    expect(photographer.photographs.length).toBeGreaterThan(10);
    for (const { directory: left, moment } of photographer.photographs) {
      const place = createEvidenceFiles(nodeFileSystem).keep(left, 'header');
      expect(namesIn(join(left, place)), moment).toEqual(names);
    }
  });
});
