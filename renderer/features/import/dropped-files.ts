// The files of a drop or of a chosen folder, folders within folders too. It reads no content.

/** What systems put into folders by themselves, and what is hidden, is no statement. */
function isStatement({ name }: File): boolean {
  return !name.startsWith('.') && !['thumbs.db', 'desktop.ini'].includes(name.toLowerCase());
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader answers in portions, with an empty one at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return entries;
    entries.push(...portion);
  }
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const inside = (await entriesOf(entry as FileSystemDirectoryEntry)).map(filesBelow);
  return (await Promise.all(inside)).flat().filter(isStatement);
}

/** In the order of their names. What was dropped by itself is taken whatever its name. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The list is emptied when the event's handler returns: entries are taken before anything is waited for.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = entries.length === 0 ? [...transfer.files] : (await Promise.all(entries.map(filesBelow))).flat();
  return byName(files);
}

export function folderFiles(files: readonly File[]): File[] {
  return byName(files.filter(isStatement));
}

function byName(files: readonly File[]): File[] {
  return files.toSorted((a, b) => a.name.localeCompare(b.name));
}
