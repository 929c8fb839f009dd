import { createTheme, type MantineColorsTuple } from '@mantine/core';
import { message } from './messages.ts';

const ink: MantineColorsTuple = ['#f3f1ec', '#e3dfd6', '#cfc9bc', '#a7a295', '#7d7a72', '#59606b', '#3b4048', '#1e2329', '#11151a', '#090b0e'];
const agreed: MantineColorsTuple = ['#eef8f2', '#e2f3ea', '#c2e4d1', '#9bd2b4', '#6fbd94', '#4fae7e', '#2f9463', '#1b7a4b', '#166540', '#0f4c3a'];
const stop: MantineColorsTuple = ['#fdf3f2', '#fbe9e8', '#f4cdcb', '#eaa7a4', '#de7f7b', '#cf5a57', '#b93b3b', '#a3262a', '#861d21', '#661518'];

/** Mantine in the look of the paper: ink as the primary colour, small radii, the two typefaces. Every value of `theme.css` has its name there. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 7,
  colors: { ink, agreed, stop },
  fontFamily: 'var(--ui)',
  headings: { fontFamily: 'var(--text)', fontWeight: '600' },
  defaultRadius: 7,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'compact-sm' }, styles: { root: { fontWeight: 600, paddingInline: 10, height: 30 } } },
    Tooltip: { defaultProps: { multiline: true, maw: 320, withArrow: true, openDelay: 150, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: () => ({ radius: 8, size: 'lg', closeButtonProps: { 'aria-label': message('ui.close') } }), styles: { title: { font: '600 1.15rem/1.3 var(--text)' } } },
    PasswordInput: { defaultProps: () => ({ visibilityToggleButtonProps: { 'aria-label': message('ui.passwordVisibility') } }) },
    // The placeholder is a focusable thing without a role inside the menu; without it the first item has the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Drawer: { defaultProps: () => ({ closeButtonProps: { 'aria-label': message('ui.close') } }) },
  },
});
