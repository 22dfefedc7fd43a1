// The window's entry: styles in their order, then the app. It reads nothing and decides nothing.
import '@fontsource-variable/inter/opsz.css';
import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import './ui/mantine.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query.ts';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App cache={createQueryClient()} />
  </StrictMode>,
);
