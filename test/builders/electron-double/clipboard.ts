// The clipboard in the double of Electron: one text, which a test sets as another program would.
export class ClipboardDouble {
  text = '';
  readText(): Promise<string> {
    return Promise.resolve(this.text);
  }
  clear(): void {
    this.text = '';
  }
}
