import { config, z } from 'zod';

// In a page zod would ask, by trying, whether it may make code from text. The page's policy forbids that and reports every attempt; Node makes use of it.
config({ jitless: 'document' in globalThis });

export { z };
