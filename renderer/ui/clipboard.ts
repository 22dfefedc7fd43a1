// Puts text into the clipboard in the one way the hosts hear of, so that they can take it back. Nothing else in the window copies.

/**
 * Call at a click. The asynchronous clipboard is denied to this page: a copy is always an event, which the host hears and clears after ten
 * seconds and at a lock.
 */
export function copyText(text: string): void {
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', put);
}
