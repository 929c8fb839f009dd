import './ui/mantine-styles.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import '@fontsource-variable/source-serif-4/wght-italic.css';
import './ui/theme.css';
import './ui/paper.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { english, pseudo } from '@parley/messages';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './router.tsx';
import { HttpRefused, UnreadableAnswer } from './sync/request.ts';
import { setLanguage } from './ui/messages.ts';
import { theme } from './ui/theme.ts';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: (failures, error) => !(error instanceof HttpRefused || error instanceof UnreadableAnswer) && failures < 3, refetchOnWindowFocus: true } },
});

// The language made up for trying the page: what is not taken from the messages, or has no room to be longer, shows in it.
if (navigator.language === 'en-XA') setLanguage('en-XA', pseudo(english));

// Styles that libraries make while the page runs carry its nonce, or the content security policy drops them.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider getStyleNonce={() => nonce} theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-left" zIndex={150} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
