// Closes the window's session: our files from memory, every other request, permission and download refused.
import type { Session } from 'electron';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import { answerRequest, type RendererFiles } from '../../adapters/window-files/window-files.ts';

function serveFiles(session: Session, files: RendererFiles): void {
  session.protocol.handle('https', (request) => {
    const answer = answerRequest(files, request.method, request.url);
    if (!answer) return Response.error();
    return new Response(Uint8Array.from(answer.body), { status: answer.status, headers: answer.headers });
  });
}

/** Hardens `session` before its first window. */
export function secureSession(session: Session, files: RendererFiles): void {
  serveFiles(session, files);
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !url.startsWith(`${RENDERER_ORIGIN}/`) && !url.startsWith('data:image/') });
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
