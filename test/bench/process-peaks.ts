// Memory of a process, and the most it had since a moment. Linux only: it reads and resets what the kernel keeps.
import { readFileSync, writeFileSync } from 'node:fs';

function bytesOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) * 1024;
}

/** Memory now, in bytes. */
export function memoryOf(pid: number): number {
  return bytesOf(pid, 'VmRSS');
}

/** The most memory since the process began or `forgetPeak`, in bytes. */
export function peakOf(pid: number): number {
  return bytesOf(pid, 'VmHWM');
}

/** From now on count anew. @see proc(5), /proc/pid/clear_refs: 5 resets the peak */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
