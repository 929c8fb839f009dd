/** As `negotiation` has set it up: whoever makes a schema takes it from there. */
export { z } from '@parley/negotiation';
