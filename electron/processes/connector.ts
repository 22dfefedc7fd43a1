// Entry of the connector process. It takes no arguments: nothing here can weaken it.
import { startConnectorProcess } from './connector-process.ts';

startConnectorProcess();
