// The command line as it is, over vault processes at the floor of what a password may cost. For tests of anything but those costs. The
// program itself offers no way to name other processes, so what it starts them with is exchanged from outside.
import { registerHooks } from 'node:module';

const atFloor = new URL('child-process-port-at-floor.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const ofProgram = context.parentURL?.endsWith('/electron/cli/open-office.ts') ?? false;
    return next(ofProgram && specifier.endsWith('/child-process-port.ts') ? atFloor : specifier, context);
  },
});
await import('../../electron/cli/main.ts');
